//! JSON read strictly (엄격한 JSON): a member given twice is a fault with its pointer, not a silent choice of one.

use domain::problem::{DUPLICATE, Fault, step};
use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};
use std::{cell::RefCell, fmt};

/// A JSON text as a value, with a fault for every member that is given twice.
pub(crate) fn read(bytes: &[u8]) -> Result<(Value, Vec<Fault>), serde_json::Error> {
    let faults = RefCell::default();
    let mut text = serde_json::Deserializer::from_slice(bytes);
    let value = Place { pointer: "", faults: &faults }.deserialize(&mut text)?;
    text.end()?;
    Ok((value, faults.into_inner()))
}

/// The largest whole number up to which a fraction of zero is no rounding: 2^53 - 1.
const EXACT: f64 = 9_007_199_254_740_991.0;

/// Where in the text the reading has come to.
#[derive(Clone, Copy)]
struct Place<'a> {
    pointer: &'a str,
    faults: &'a RefCell<Vec<Fault>>,
}

impl<'de> DeserializeSeed<'de> for Place<'_> {
    type Value = Value;
    fn deserialize<D: Deserializer<'de>>(self, d: D) -> Result<Value, D::Error> {
        d.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Place<'_> {
    type Value = Value;
    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }
    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }
    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(value.into())
    }
    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(value.into())
    }
    /// `2026.0` is the whole number 2026, as JSON Schema has it.
    fn visit_f64<E: Error>(self, value: f64) -> Result<Value, E> {
        if value.fract() == 0.0
            && value.abs() <= EXACT
            && let Ok(whole) = format!("{value:.0}").parse::<i64>()
        {
            return Ok(whole.into());
        }
        Number::from_f64(value).map(Value::Number).ok_or_else(|| E::custom("not a finite number"))
    }
    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(value.into())
    }
    fn visit_string<E>(self, value: String) -> Result<Value, E> {
        Ok(Value::String(value))
    }
    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }
    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let mut list = Vec::new();
        loop {
            let pointer = format!("{}/{}", self.pointer, list.len());
            let Some(item) = items.next_element_seed(Place { pointer: &pointer, ..self })? else { break };
            list.push(item);
        }
        Ok(Value::Array(list))
    }
    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Value, A::Error> {
        let mut object = Map::new();
        while let Some(name) = members.next_key::<String>()? {
            let pointer = step(self.pointer, &name);
            let value = members.next_value_seed(Place { pointer: &pointer, ..self })?;
            if object.insert(name, value).is_some() {
                self.faults.borrow_mut().push(Fault::new(pointer, &DUPLICATE));
            }
        }
        Ok(Value::Object(object))
    }
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn a_member_given_twice_is_told_with_its_pointer() {
        let (value, faults) = read(r#"{"a":[{"b/c":1},{"b/c":1,"b/c":2}],"d":null,"d":-1.5}"#.as_bytes()).unwrap();
        let pointers: Vec<&str> = faults.iter().map(|f| f.pointer.as_str()).collect();
        assert_eq!(pointers, ["/a/1/b~1c", "/d"]);
        assert_eq!(value, serde_json::json!({ "a": [{ "b/c": 1 }, { "b/c": 2 }], "d": -1.5 }));
    }

    #[test]
    fn a_fraction_of_zero_leaves_a_whole_number() {
        let (value, _) = read(b"[2026.0, -1.2e3, -0.0, 0.5, 1e20]").unwrap();
        assert_eq!(value, serde_json::json!([2026, -1200, 0, 0.5, 1e20]));
    }

    #[test]
    fn only_one_whole_json_text_is_read() {
        for wrong in ["", "{", "{} {}", "nul", "1e999", &"[".repeat(500)] {
            assert!(read(wrong.as_bytes()).is_err(), "{wrong}");
        }
    }
}
