//! The annotations of an entity, in one piece of memory: most of what a catalog
//! page has are annotations, and most of them nobody asks for.

/// Texts by key, in the order in which they were written.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Annotations {
    /// All keys and values, one behind the other.
    text: Box<str>,
    /// Where each key ends in `text`, and where its value does.
    ends: Box<[(u32, u32)]>,
}

impl Annotations {
    /// Annotations with these texts; what is past 4 GiB is left out.
    pub(super) fn of<'a>(fields: impl Iterator<Item = (&'a str, &'a str)> + Clone) -> Self {
        let mut text = String::with_capacity(
            fields
                .clone()
                .map(|(key, value)| key.len() + value.len())
                .sum(),
        );
        let mut ends = Vec::with_capacity(fields.clone().count());
        for (key, value) in fields {
            let key_end = u32::try_from(text.len() + key.len());
            let value_end = u32::try_from(text.len() + key.len() + value.len());
            if let (Ok(key_end), Ok(value_end)) = (key_end, value_end) {
                text.push_str(key);
                text.push_str(value);
                ends.push((key_end, value_end));
            }
        }
        Self {
            text: text.into_boxed_str(),
            ends: ends.into_boxed_slice(),
        }
    }

    /// The text with this key, of two the later.
    pub fn get(&self, key: &str) -> Option<&str> {
        // A value begins where its key ends.
        let found = (0..self.ends.len()).rev().find(|&at| self.key(at) == key)?;
        let &(start, end) = self.ends.get(found)?;
        self.text.get(start as usize..end as usize)
    }

    /// The keys, in the order in which they were written.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        (0..self.ends.len()).map(|at| self.key(at))
    }

    fn key(&self, at: usize) -> &str {
        let before = at.checked_sub(1).and_then(|before| self.ends.get(before));
        let start = before.map_or(0, |&(_, end)| end as usize);
        let end = self.ends.get(at).map_or(start, |&(end, _)| end as usize);
        self.text.get(start..end).unwrap_or_default()
    }
}
