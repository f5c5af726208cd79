//! The living paths of a repository, one after the other in one text.

use mentorship_texts::ordering::sort_by;

/// Paths in bytewise order, each once.
#[derive(Debug, Default)]
pub struct Paths {
    /// The paths with a NUL behind each, as `git ls-tree -z` prints them.
    text: String,
    /// Where each path ends in `text`, before its NUL.
    ends: Vec<u32>,
}

impl Paths {
    /// These paths, in any order. What lies past 4 GB of them is left out: no
    /// repository has as many.
    pub(super) fn new(paths: &[&str]) -> Self {
        let mut sorted = paths.to_vec();
        sort_by(&mut sorted, Ord::cmp);
        sorted.dedup();
        let mut all = Self::default();
        for path in sorted.into_iter().filter(|path| !path.contains('\0')) {
            let Ok(end) = u32::try_from(all.text.len() + path.len()) else {
                break;
            };
            all.text.push_str(path);
            all.text.push('\0');
            all.ends.push(end);
        }
        all
    }

    /// As `git ls-tree -z` prints them.
    pub(super) fn listing(&self) -> &[u8] {
        self.text.as_bytes()
    }

    /// The paths below a directory, all of them for the empty one.
    pub fn below<'a>(&'a self, directory: &str) -> impl Iterator<Item = &'a str> + use<'a> {
        let directory = match directory {
            "" => String::new(),
            _ => format!("{directory}/"),
        };
        // In bytewise order everything below a directory is one run.
        let mut first = 0;
        let mut behind = self.ends.len();
        while first < behind {
            let middle = usize::midpoint(first, behind);
            match self.get(middle) < directory.as_str() {
                true => first = middle + 1,
                false => behind = middle,
            }
        }
        (first..self.ends.len())
            .map(|index| self.get(index))
            .take_while(move |path| path.starts_with(&directory))
    }

    fn get(&self, index: usize) -> &str {
        let start = match index
            .checked_sub(1)
            .and_then(|before| self.ends.get(before))
        {
            Some(end) => *end as usize + 1,
            None => 0,
        };
        let end = self.ends.get(index).map_or(start, |end| *end as usize);
        self.text.get(start..end).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::Paths;

    #[test]
    fn everything_below_a_directory_and_nothing_beside_it() {
        let paths = ["b/x", "a/b/c", "a.txt", "a/b.txt", "ab/c"];
        let paths = Paths::new(&paths);
        let below = |directory| paths.below(directory).collect::<Vec<_>>();
        assert_eq!(below("a"), ["a/b.txt", "a/b/c"]);
        assert_eq!(below("a/b"), ["a/b/c"]);
        assert_eq!(below("").len(), 5);
        assert!(below("c").is_empty());
        assert_eq!(paths.listing().iter().filter(|byte| **byte == 0).count(), 5);
    }
}
