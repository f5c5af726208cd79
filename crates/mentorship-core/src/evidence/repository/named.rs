//! Files to which the policy and the catalog give a meaning by their paths.

use super::home::file_name;
use crate::evidence::path_patterns::{LetterCase, PathPatterns};
use crate::policy::Policy;
use mentorship_texts::ordering::sort_by;

/// What a catalog file is called where nothing says otherwise.
const CATALOG_FILES: [&str; 2] = ["catalog-info.yaml", "catalog-info.yml"];

/// Which files are plans, and which catalog files give roles. The same for all
/// repositories of a catalog.
#[derive(Debug)]
pub struct NamedFiles {
    plan_patterns: PathPatterns,
    plans: Endings,
    catalog_files: Endings,
}

/// Texts by the last piece of the path with which they end: a catalog may name a file
/// for each of 100,000 services, and each path of a repository is looked up.
#[derive(Debug)]
struct Endings {
    texts: Vec<String>,
    /// The last pieces in order, each with the place of its text.
    by_name: Vec<(String, usize)>,
}

impl NamedFiles {
    /// With `plans` that services name and the locations of the catalog files that give
    /// roles, empty for one that is not known.
    pub fn new<T: AsRef<str>>(
        policy: &Policy,
        plans: impl IntoIterator<Item = T>,
        locations: impl IntoIterator<Item = T>,
    ) -> Self {
        let plans = plans
            .into_iter()
            .map(|plan| from_root(plan.as_ref()).to_owned());
        let locations = locations
            .into_iter()
            .map(|location| location.as_ref().to_owned());
        let patterns = policy.plan_paths.iter().map(String::as_str);
        Self {
            plan_patterns: PathPatterns::parse(patterns, LetterCase::Insensitive).0,
            plans: Endings::new(plans.collect()),
            catalog_files: Endings::new(locations.collect()),
        }
    }

    /// Whether the policy's patterns make a file a plan.
    pub(super) fn is_plan_by_pattern(&self, path: &str) -> bool {
        self.plan_patterns.matches(path)
    }

    /// Whether a file is a plan by the policy's patterns, or a service may mean it by the
    /// plan that it names.
    pub(super) fn is_plan(&self, path: &str) -> bool {
        let is_end = |plan: &str| {
            let before = path.strip_suffix(plan);
            before.is_some_and(|before| before.is_empty() || before.ends_with('/'))
        };
        self.is_plan_by_pattern(path) || self.plans.any_like(path, &is_end)
    }

    /// By its name, where any entity is given roles in a catalog file, or because
    /// the catalog says that an entity comes from here.
    pub(super) fn is_catalog_file(&self, path: &str) -> bool {
        let leads_here = |location: &str| {
            let before = location.strip_suffix(path);
            before.is_some_and(|before| before.ends_with('/'))
        };
        let has_any = !self.catalog_files.texts.is_empty();
        let by_name = has_any && CATALOG_FILES.contains(&file_name(path));
        by_name || self.catalog_files.any_like(path, &leads_here)
    }
}

impl Endings {
    fn new(texts: Vec<String>) -> Self {
        let names = texts.iter().map(|text| file_name(text).to_owned());
        let mut by_name = Vec::from_iter(names.zip(0..));
        sort_by(&mut by_name, Ord::cmp);
        Self { texts, by_name }
    }

    /// Whether one that ends with the name of a file is such.
    fn any_like(&self, path: &str, is_such: &dyn Fn(&str) -> bool) -> bool {
        let wanted = file_name(path);
        let first = self
            .by_name
            .partition_point(|(name, _)| name.as_str() < wanted);
        let since = self.by_name.get(first..).unwrap_or_default().iter();
        let mut like = since.take_while(|(name, _)| name == wanted);
        like.any(|(_, place)| self.texts.get(*place).is_some_and(|text| is_such(text)))
    }
}

/// A path as it is meant from the root of the repository.
pub(super) fn from_root(path: &str) -> &str {
    path.trim_start_matches("./").trim_start_matches('/')
}

#[cfg(test)]
mod tests {
    use super::NamedFiles;
    use crate::policy::Policy;

    #[test]
    fn services_name_plans_from_their_directory_or_from_the_root() {
        let named = NamedFiles::new(&Policy::default(), ["./docs/teach.md", "Plan.md"], []);
        for (path, is_plan) in [
            ("docs/teach.md", true),
            ("pay/docs/teach.md", true),
            ("pay/docs/Teach.md", false),
            ("teach.md", false),
            ("mydocs/teach.md", false),
            ("pay/Plan.md", true),
            ("pay/NoPlan.md", false),
            ("pay/mentorship.md", true),
        ] {
            assert_eq!(named.is_plan(path), is_plan, "{path}");
        }
        assert!(!named.is_plan_by_pattern("docs/teach.md"));
    }

    #[test]
    fn catalog_files_are_told_by_their_name_or_by_where_entities_come_from() {
        let of = |locations: &[&'static str]| {
            let locations = locations.iter().copied();
            NamedFiles::new(&Policy::default(), [], locations)
        };
        let is = |locations: &[&'static str], path: &str| of(locations).is_catalog_file(path);
        let location = "url:https://git.example/acme/pay/blob/main/pay/service.yaml";
        assert!(is(&[location], "pay/service.yaml"));
        assert!(is(&[location], "service.yaml"));
        assert!(!is(&[location], "ay/service.yaml"));
        assert!(!is(&[location], "ship/service.yaml"));
        assert!(is(&[location], "ship/catalog-info.yml"));
        assert!(is(&[""], "ship/catalog-info.yaml"));
        assert!(!is(&[], "catalog-info.yaml"), "nobody has a role by one");
    }
}
