//! Similar projects (유사 과제) and the search of Korean text, by pairs of characters instead of words.
//!
//! Korean glues particles to words and spaces are used freely (`민원 안내`, `민원안내`), so texts are compared and
//! indexed without spaces and punctuation, two neighbouring characters at a time.

mod likeness;

pub use likeness::{Candidate, Profile, SIMILAR, candidates, similarity};

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// What is left to compare: composed (NFKC, so that full-width `ＡＩ` is `AI`), lower case, letters and digits only.
pub fn normalised(text: &str) -> String {
    text.nfkc()
        .collect::<String>()
        .to_lowercase()
        .nfkc()
        .filter(|c| c.is_alphanumeric() && !is_combining_mark(*c))
        .nfc()
        .collect()
}

/// Every two neighbouring characters of the normalised text, in order: `민원안내` gives `민원`, `원안`, `안내`.
/// A text of one character gives none.
pub fn bigrams(text: &str) -> Vec<String> {
    let plain = normalised(text);
    plain.chars().zip(plain.chars().skip(1)).map(|(a, b)| [a, b].iter().collect()).collect()
}

/// What a full-text index takes for a text: its bigrams and then its last character, separated by spaces. So every
/// character begins exactly one token, and a search for a single character is a search for that beginning. Tokens are
/// letters and digits only and survive any tokeniser that splits on anything else.
pub fn index_text(text: &str) -> String {
    let mut tokens = bigrams(text);
    tokens.extend(normalised(text).chars().last().map(String::from));
    tokens.join(" ")
}

/// One thing to look for in an [`index_text`]. All terms of a query must be found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Term {
    /// These tokens, one directly after the other.
    Phrase(Vec<String>),
    /// A token that begins with this character.
    Begins(String),
}

/// The terms of a query, one for each word between spaces, each once. Nothing when no letter or digit is in it.
pub fn search_terms(query: &str) -> Vec<Term> {
    let mut terms = Vec::new();
    for word in query.split_whitespace() {
        let phrase = bigrams(word);
        let term = if phrase.is_empty() { Term::Begins(normalised(word)) } else { Term::Phrase(phrase) };
        if term != Term::Begins(String::new()) && !terms.contains(&term) {
            terms.push(term);
        }
    }
    terms
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn spaces_marks_case_and_composition_do_not_matter() {
        assert_eq!(normalised("공공 ＡＩ·민원(안내)"), "공공ai민원안내");
        let decomposed: String = "한글".nfd().collect();
        assert_eq!(normalised(&decomposed), "한글");
        assert_eq!(bigrams("민원 안내"), ["민원", "원안", "안내"]);
        assert_eq!(index_text("민원 안내"), "민원 원안 안내 내");
        assert_eq!((index_text("!"), index_text("A").as_str()), (String::new(), "a"));
    }

    #[test]
    fn a_query_is_a_phrase_for_each_word() {
        let phrase = |tokens: &[&str]| Term::Phrase(tokens.iter().map(ToString::to_string).collect());
        assert_eq!(
            search_terms("민원안내 AI 시 - AI"),
            [phrase(&["민원", "원안", "안내"]), phrase(&["ai"]), Term::Begins("시".to_owned())]
        );
        assert_eq!(search_terms(" · "), []);
    }

    /// What a full-text index does with a term.
    fn finds(index: &str, term: &Term) -> bool {
        let tokens: Vec<&str> = index.split_whitespace().collect();
        match term {
            Term::Phrase(phrase) => tokens.windows(phrase.len()).any(|w| w == phrase.as_slice()),
            Term::Begins(start) => tokens.iter().any(|t| t.starts_with(start.as_str())),
        }
    }

    proptest! {
        #[test]
        fn every_piece_of_a_text_is_found(text in "[가-힣a-zA-Z0-9 .,]{1,30}", from in 0_usize..30, length in 1_usize..8) {
            let piece: String = text.chars().skip(from).take(length).collect();
            let index = index_text(&text);
            for term in search_terms(&piece) {
                prop_assert!(finds(&index, &term), "{index:?} {term:?}");
            }
        }
        #[test]
        fn what_a_phrase_finds_is_in_the_text(text in "[가-나 ]{0,20}", word in "[가-나]{1,4}") {
            let index = index_text(&text);
            let found = search_terms(&word).iter().all(|t| finds(&index, t));
            prop_assert_eq!(found, normalised(&text).contains(&normalised(&word)));
        }
        #[test]
        fn tokens_are_letters_and_digits(text in any::<String>()) {
            for token in index_text(&text).split(' ').filter(|t| !t.is_empty()) {
                prop_assert!(token.chars().all(char::is_alphanumeric));
            }
        }
    }
}
