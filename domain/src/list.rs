//! Code lists (코드 목록): closed sets of words with a stable code and a Korean label.

/// Not one of the codes of the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not one of: {0}")]
pub struct NotInList(pub &'static str);

/// Declares a code list: `code_list! { /// doc
/// pub enum Kind { /// doc
/// Ministry = "ministry" / "부", ... } }`. The code is what the wire, the database and the import files carry.
#[macro_export]
macro_rules! code_list {
    ($(#[doc = $doc:literal])* #[schema(as = $named:ident)] pub enum $kind:ident { $($members:tt)+ }) => {
        $crate::code_list! { @ $named, $(#[doc = $doc])* pub enum $kind { $($members)+ } }
    };
    ($(#[doc = $doc:literal])* pub enum $kind:ident { $($members:tt)+ }) => {
        $crate::code_list! { @ $kind, $(#[doc = $doc])* pub enum $kind { $($members)+ } }
    };
    (@ $named:ident, $(#[doc = $doc:literal])* pub enum $kind:ident { $($(#[$member_doc:meta])* $member:ident = $code:literal / $ko:literal),+ $(,)? }) => {
        $(#[doc = $doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        pub enum $kind { $($(#[$member_doc])* #[doc = concat!("(", $ko, ")")] #[serde(rename = $code)] $member),+ }
        // By hand: the derive does not see a rename that comes out of a macro.
        impl utoipa::PartialSchema for $kind {
            fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::Schema> {
                utoipa::openapi::schema::ObjectBuilder::new()
                    .schema_type(utoipa::openapi::schema::Type::String)
                    .enum_values(Some([$($code),+]))
                    .description(Some(concat!($($doc, "\n",)* $("\n- `", $code, "`: ", $ko),+).trim()))
                    .into()
            }
        }
        impl utoipa::ToSchema for $kind {
            fn name() -> std::borrow::Cow<'static, str> {
                stringify!($named).into()
            }
        }
        impl $kind {
            /// Every code, in the order of the list.
            pub const ALL: &[Self] = &[$(Self::$member),+];
            /// The stable code.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$member => $code),+ }
            }
            /// The Korean label.
            pub const fn ko(self) -> &'static str {
                match self { $(Self::$member => $ko),+ }
            }
        }
        impl std::fmt::Display for $kind {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.name())
            }
        }
        impl std::str::FromStr for $kind {
            type Err = $crate::list::NotInList;
            fn from_str(text: &str) -> Result<Self, $crate::list::NotInList> {
                match text { $($code => Ok(Self::$member),)+ _ => Err($crate::list::NotInList(concat!($($code, " "),+))) }
            }
        }
    };
}

#[cfg(test)]
mod tests {
    crate::code_list! {
        /// Two.
        pub enum Two {
            /// First.
            One = "one" / "하나",
            /// Second.
            Other = "the_other" / "다른 것",
        }
    }

    #[test]
    fn a_code_reads_and_prints_as_on_the_wire() {
        for code in Two::ALL {
            assert_eq!(code.name().parse::<Two>(), Ok(*code));
            assert_eq!(serde_json::to_string(code).unwrap(), format!("\"{code}\""));
        }
        assert_eq!(Two::Other.ko(), "다른 것");
        assert!("One".parse::<Two>().unwrap_err().to_string().contains("the_other"));
    }
}
