//! Reviews on the code host, to be found by what they looked at.

use std::collections::BTreeSet;

use crate::civil_date::CivilDate;
use mentorship_texts::ordering::sort_by;

/// Somebody looked at a change.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Review {
    /// Who: a login, or an address.
    pub reviewer: String,
    /// When.
    pub day: CivilDate,
    /// What was changed.
    pub paths: Vec<String>,
}

/// Reviews: those of a repository may be those of thousands of services.
#[derive(Debug, Default)]
pub struct Reviews {
    all: Vec<Review>,
    /// Places in `all` and in the paths of that review, in the order of the paths.
    by_path: Vec<(u32, u32)>,
}

impl Reviews {
    /// These reviews, in their order.
    pub fn new(all: Vec<Review>) -> Self {
        let mut by_path = Vec::new();
        for (review, one) in (0..).zip(&all) {
            let places = (0..).zip(&one.paths);
            by_path.extend(places.map(|(place, _)| (review, place)));
        }
        let mut reviews = Self {
            all,
            by_path: Vec::new(),
        };
        sort_by(&mut by_path, |left, right| {
            let paths = reviews.path(*left).cmp(reviews.path(*right));
            paths.then(left.cmp(right))
        });
        reviews.by_path = by_path;
        reviews
    }

    /// All of them, in the order in which they came.
    pub fn into_all(self) -> Vec<Review> {
        self.all
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// Those that looked at anything in a directory or below it, the empty one being the
    /// root, or at any of some files, in the order in which they came. A file that was
    /// called so until a day was not looked at later.
    pub fn of(&self, directory: Option<&str>, files: &[(&str, Option<CivilDate>)]) -> Vec<&Review> {
        let mut found = BTreeSet::new();
        if let Some(directory) = directory {
            let inside = match directory {
                "" => String::new(),
                _ => format!("{directory}/"),
            };
            found.extend(self.find(&inside, &|path| path.starts_with(&inside)));
        }
        for (file, until) in files {
            let is_it = |path: &str| path == *file;
            let looked = self.find(file, &is_it).filter(|&review| {
                let day = self.all.get(review as usize).map(|review| review.day);
                until.is_none_or(|until| day.is_some_and(|day| day <= until))
            });
            found.extend(looked);
        }
        let found = found.into_iter();
        found
            .filter_map(|place| self.all.get(place as usize))
            .collect()
    }

    /// Places in `all` of what looked at the paths from one on, as long as they are such.
    fn find(&self, first: &str, is_such: &dyn Fn(&str) -> bool) -> impl Iterator<Item = u32> {
        let start = self
            .by_path
            .partition_point(|&place| self.path(place) < first);
        let since = self.by_path.get(start..).unwrap_or_default().iter();
        let such = since.take_while(|&&place| is_such(self.path(place)));
        such.map(|(review, _)| *review)
    }

    fn path(&self, (review, place): (u32, u32)) -> &str {
        let review = self.all.get(review as usize);
        let path = review.and_then(|review| review.paths.get(place as usize));
        path.map_or("", String::as_str)
    }
}

#[cfg(test)]
mod tests {
    use super::{Review, Reviews};
    use crate::civil_date::CivilDate;

    #[test]
    fn reviews_are_found_by_their_files_and_by_the_directories_above_these() {
        let day = CivilDate::from_unix_seconds(0);
        let review = |reviewer: &str, paths: &[&str]| Review {
            reviewer: reviewer.to_owned(),
            day,
            paths: paths.iter().map(|&path| path.to_owned()).collect(),
        };
        let reviews = Reviews::new(vec![
            review("ada", &["pay/a.rs", "pay/b.rs"]),
            review("ben", &["pay-2/a.rs", "pay/b.rs"]),
            review("cyd", &["README.md"]),
            review("eve", &[]),
        ]);
        let names = |found: Vec<&Review>| {
            let names = found.iter().map(|review| review.reviewer.clone());
            names.collect::<Vec<_>>().join(" ")
        };
        assert_eq!(
            names(reviews.of(None, &[("pay/a.rs", None), ("pay/b.rs", None)])),
            "ada ben"
        );
        assert_eq!(names(reviews.of(None, &[("pay/a.rs", None)])), "ada");
        assert_eq!(names(reviews.of(None, &[("pay", None)])), "");
        let until = |days: i64| Some(CivilDate::from_unix_seconds(days * 86_400));
        let called_until = |until| names(reviews.of(None, &[("pay/a.rs", until)]));
        assert_eq!([until(0), until(-1)].map(called_until), ["ada", ""]);
        assert_eq!(names(reviews.of(Some("pay"), &[])), "ada ben");
        let with_former = reviews.of(
            Some("pay"),
            &[("pay-2/a.rs", None), ("README.md", until(0))],
        );
        assert_eq!(names(with_former), "ada ben cyd");
        assert_eq!(names(reviews.of(Some("pay-2"), &[])), "ben");
        assert_eq!(names(reviews.of(Some("pa"), &[])), "");
        assert_eq!(names(reviews.of(Some(""), &[])), "ada ben cyd");
    }
}
