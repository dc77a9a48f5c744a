//! What a file would change (차이): rows that are new, rows that replace others, rows that say the same again.

use std::collections::BTreeMap;

/// The rows of a file against what is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference<T> {
    /// Rows whose key is not known.
    pub new: Vec<T>,
    /// Rows that say something else than what is known: before and after.
    pub changed: Vec<(T, T)>,
    /// Rows that say what is known.
    pub unchanged: u64,
}

impl<T> Difference<T> {
    /// True when there is nothing to write.
    pub const fn is_empty(&self) -> bool {
        self.new.is_empty() && self.changed.is_empty()
    }
    /// The rows to write.
    pub fn rows(&self) -> impl Iterator<Item = &T> {
        self.new.iter().chain(self.changed.iter().map(|(_, after)| after))
    }
}

/// Sorts rows by what they would do. Each row has a key of its own; what is known and not among the rows stays as it is.
pub fn difference<K: Ord, T: PartialEq>(
    mut known: BTreeMap<K, T>,
    rows: impl IntoIterator<Item = T>,
    key: impl Fn(&T) -> K,
) -> Difference<T> {
    let mut found = Difference { new: Vec::new(), changed: Vec::new(), unchanged: 0 };
    for row in rows {
        match known.remove(&key(&row)) {
            None => found.new.push(row),
            Some(before) if before == row => found.unchanged = found.unchanged.saturating_add(1),
            Some(before) => found.changed.push((before, row)),
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_new_changed_or_the_same() {
        let known = BTreeMap::from([(1, (1, "a")), (2, (2, "b")), (3, (3, "c"))]);
        let found = difference(known, [(2, "b"), (3, "d"), (4, "e")], |row| row.0);
        assert_eq!(found, Difference { new: vec![(4, "e")], changed: vec![((3, "c"), (3, "d"))], unchanged: 1 });
        assert_eq!(found.rows().map(|row| row.0).collect::<Vec<_>>(), [4, 3]);
    }
}
