//! Reading a policy: every key is known, every number in range, every rule
//! exists; the first thing that is not is told with its path.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

#[cfg(test)]
use serde_json::json;
use serde_json::{Map, Value};

#[cfg(test)]
use super::schema;
use super::{
    CatalogAnnotations, LevelRules, Policy, ProgramFilter, RoleHandles, Source, Thresholds,
    WeighedRule,
};
use mentorship_knowledge::folded;
use mentorship_texts::by_name::names;
use mentorship_texts::ordering::sort_by_key;

/// What is wrong with a policy, where, and what to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PolicyError {
    /// Dotted path of the setting, empty for the whole document.
    pub path: String,
    /// What is wrong.
    pub problem: String,
    /// What to do.
    pub help: String,
}

impl fmt::Display for PolicyError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let place = if self.path.is_empty() {
            "policy"
        } else {
            &self.path
        };
        write!(formatter, "{place}: {}; {}", self.problem, self.help)
    }
}

impl std::error::Error for PolicyError {}

type Outcome<T> = Result<T, PolicyError>;

pub(super) fn read(rules: &[WeighedRule], text: &str) -> Outcome<Policy> {
    let value: Value = serde_json::from_str(text).map_err(|error| PolicyError {
        path: String::new(),
        problem: format!("not JSON ({error})"),
        help: "a policy is one JSON object, `{}` for the defaults".to_owned(),
    })?;
    let defaults = Policy::standard(rules);
    let mut root = Section::root(&value)?;
    // Editors find the schema by it.
    root.take("$schema");
    let policy = Policy {
        service_kinds: lower(root.texts("serviceKinds", &defaults.service_kinds)?),
        program: program(root.section("program")?)?,
        plan_paths: root.texts("planPaths", &defaults.plan_paths)?,
        critical_paths: root.texts("criticalPaths", &defaults.critical_paths)?,
        low_risk_services: lower(root.texts("lowRiskServices", &[])?),
        toggle_patterns: root.texts("togglePatterns", &defaults.toggle_patterns)?,
        role_handles: role_handles(root.section("roleHandles")?, &defaults.role_handles)?,
        catalog_annotations: catalog_annotations(
            root.section("catalogAnnotations")?,
            &defaults.catalog_annotations,
        )?,
        people: people(root.section("people")?, &defaults)?,
        sources: sources(&mut root)?,
        thresholds: thresholds(root.section("thresholds")?)?,
        weights: weights(root.section("weights")?, rules)?,
        levels: levels(root.section("levels")?, rules, defaults.levels)?,
    };
    root.finish()?;
    Ok(policy)
}

fn program(section: Section<'_>) -> Outcome<ProgramFilter> {
    let mut section = section;
    let filter = ProgramFilter {
        types: lower(section.texts("types", &[])?),
        lifecycles: lower(section.texts("lifecycles", &[])?),
        owners: lower(section.texts("owners", &[])?),
        systems: lower(section.texts("systems", &[])?),
        tiers: section.tiers("tiers")?,
    };
    section.finish()?;
    Ok(filter)
}

fn role_handles(section: Section<'_>, defaults: &RoleHandles) -> Outcome<RoleHandles> {
    let mut section = section;
    let handles = RoleHandles {
        steward: section.texts("steward", &defaults.steward)?,
        apprentice: section.texts("apprentice", &defaults.apprentice)?,
    };
    section.finish()?;
    Ok(handles)
}

fn catalog_annotations(
    section: Section<'_>,
    defaults: &CatalogAnnotations,
) -> Outcome<CatalogAnnotations> {
    let mut section = section;
    let annotations = CatalogAnnotations {
        on_call: section.texts("onCall", &defaults.on_call)?,
        objectives: section.texts("objectives", &defaults.objectives)?,
        dashboards: section.texts("dashboards", &defaults.dashboards)?,
    };
    section.finish()?;
    Ok(annotations)
}

fn people(section: Section<'_>, defaults: &Policy) -> Outcome<super::PeopleSettings> {
    let mut section = section;
    let settings = super::PeopleSettings {
        left: people_listed(&section.texts("left", &[])?),
        erased: people_listed(&section.texts("erased", &[])?),
        aliases: section.text_map("aliases")?,
        login_annotations: section.texts("loginAnnotations", &defaults.people.login_annotations)?,
        bots: section.texts("bots", &[])?,
    };
    section.finish()?;
    Ok(settings)
}

/// Names as evidence is compared with them, addresses, logins and refs.
fn people_listed(texts: &[String]) -> BTreeSet<String> {
    let folded = |text: &String| folded(text.as_bytes()).into_owned();
    names(texts.iter().map(folded))
}

fn sources(root: &mut Section<'_>) -> Outcome<Vec<Source>> {
    let known = Source::ALL.map(|(_, name)| name);
    let names = root.names("sources", "source", &known, &["git"])?;
    let named = Source::ALL
        .into_iter()
        .filter(|(_, name)| names.contains(name));
    Ok(named.map(|(source, _)| source).collect())
}

fn thresholds(section: Section<'_>) -> Outcome<Thresholds> {
    let mut section = section;
    let standard = Thresholds::default();
    let mut number = |key, standard, least, most| section.number(key, standard, least, most);
    let thresholds = Thresholds {
        rotation_window_months: number(
            "rotationWindowMonths",
            standard.rotation_window_months,
            1,
            60,
        )?,
        rotation_due_months: number("rotationDueMonths", standard.rotation_due_months, 2, 120)?,
        stalled_after_days: number("stalledAfterDays", standard.stalled_after_days, 7, 365)?,
        milestone_very_late_days: number(
            "milestoneVeryLateDays",
            standard.milestone_very_late_days,
            1,
            365,
        )?,
        maintainers_target: number("maintainersTarget", standard.maintainers_target, 1, 10)?,
        apprentices_target: number("apprenticesTarget", standard.apprentices_target, 1, 10)?,
        minimum_coverage_percent: number(
            "minimumCoveragePercent",
            standard.minimum_coverage_percent,
            0,
            100,
        )?,
        services_per_steward: number("servicesPerSteward", standard.services_per_steward, 1, 50)?,
        single_holder_files: number("singleHolderFiles", standard.single_holder_files, 1, 1000)?,
        departed_percent: number("departedPercent", standard.departed_percent, 1, 100)?,
        reviewers_target: number("reviewersTarget", standard.reviewers_target, 1, 10)?,
        review_window_days: number("reviewWindowDays", standard.review_window_days, 7, 365)?,
        operations_window_days: number(
            "operationsWindowDays",
            standard.operations_window_days,
            7,
            365,
        )?,
        minimum_sample: number("minimumSample", standard.minimum_sample, 1, 1000)?,
        hero_percent: number("heroPercent", standard.hero_percent, 1, 100)?,
        escalation_percent: number("escalationPercent", standard.escalation_percent, 1, 100)?,
        low_risk_tier: number("lowRiskTier", standard.low_risk_tier, 1, 9)?,
        steward_inactive_days: number(
            "stewardInactiveDays",
            standard.steward_inactive_days,
            14,
            730,
        )?,
        apprentices_per_steward: number(
            "apprenticesPerSteward",
            standard.apprentices_per_steward,
            1,
            20,
        )?,
        autonomy_stuck_days: number("autonomyStuckDays", standard.autonomy_stuck_days, 14, 365)?,
        runbook_stale_days: number("runbookStaleDays", standard.runbook_stale_days, 30, 1825)?,
    };
    section.finish()?;
    if thresholds.rotation_window_months >= thresholds.rotation_due_months {
        return Err(PolicyError {
            path: "thresholds.rotationWindowMonths".to_owned(),
            problem: format!(
                "the window opens after {} months, which is not before the rotation is due after {}",
                thresholds.rotation_window_months, thresholds.rotation_due_months
            ),
            help: "make it smaller than `thresholds.rotationDueMonths`".to_owned(),
        });
    }
    Ok(thresholds)
}

fn weights(section: Section<'_>, rules: &[WeighedRule]) -> Outcome<Vec<u32>> {
    let mut section = section;
    let mut weights: Vec<u32> = rules.iter().map(|rule| rule.weight).collect();
    // By id, in which order they are documented.
    let mut by_id: Vec<(&'static str, &mut u32)> =
        rules.iter().map(|rule| rule.id).zip(&mut weights).collect();
    sort_by_key(&mut by_id, |(id, _)| *id);
    for (id, weight) in by_id {
        let standard = u16::try_from(*weight).unwrap_or(u16::MAX);
        *weight = u32::from(section.number(id, standard, 0, 1000)?);
    }
    section.finish()?;
    Ok(weights)
}

fn levels(
    section: Section<'_>,
    rules: &[WeighedRule],
    standard: LevelRules,
) -> Outcome<LevelRules> {
    let mut section = section;
    let known: Vec<&'static str> = rules.iter().map(|rule| rule.id).collect();
    let mut rules = |key, standard: &[_]| section.names(key, "rule", &known, standard);
    let levels = LevelRules {
        developing: rules("developing", &standard.developing)?,
        covered: rules("covered", &standard.covered)?,
        resilient: rules("resilient", &standard.resilient)?,
    };
    section.finish()?;
    Ok(levels)
}

/// One object of the policy; remembers which keys were asked for, so that the
/// rest are known to be unknown.
struct Section<'a> {
    path: String,
    fields: Option<&'a Map<String, Value>>,
    asked: Vec<&'static str>,
}

impl<'a> Section<'a> {
    fn root(value: &'a Value) -> Outcome<Self> {
        Self::of(String::new(), Some(value))
    }

    fn section(&mut self, key: &'static str) -> Outcome<Section<'a>> {
        let path = self.path_of(key);
        Section::of(path, self.take(key))
    }

    fn of(path: String, value: Option<&'a Value>) -> Outcome<Self> {
        let fields = match value {
            None => None,
            Some(Value::Object(fields)) => Some(fields),
            Some(other) => return Err(wrong_type(path, "an object", other)),
        };
        Ok(Self {
            path,
            fields,
            asked: Vec::new(),
        })
    }

    fn take(&mut self, key: &'static str) -> Option<&'a Value> {
        self.asked.push(key);
        self.fields.and_then(|fields| fields.get(key))
    }

    fn path_of(&self, key: &str) -> String {
        if self.path.is_empty() {
            key.to_owned()
        } else {
            format!("{}.{key}", self.path)
        }
    }

    fn number(&mut self, key: &'static str, standard: u16, least: u16, most: u16) -> Outcome<u16> {
        let path = self.path_of(key);
        #[cfg(test)]
        schema::note(&path, schema::Kind::Number(least..=most), json!(standard));
        let Some(value) = self.take(key) else {
            return Ok(standard);
        };
        let number = value.as_u64().and_then(|number| u16::try_from(number).ok());
        match number {
            Some(number) if (least..=most).contains(&number) => Ok(number),
            _ => Err(PolicyError {
                path,
                problem: format!("`{value}` is not a whole number from {least} to {most}"),
                help: format!("the default is {standard}"),
            }),
        }
    }

    fn texts(&mut self, key: &'static str, standard: &[String]) -> Outcome<Vec<String>> {
        let path = self.path_of(key);
        #[cfg(test)]
        schema::note(&path, schema::Kind::Texts, json!(standard));
        match self.take(key) {
            None => Ok(standard.to_vec()),
            Some(value) => texts_of(&path, value),
        }
    }

    fn tiers(&mut self, key: &'static str) -> Outcome<Vec<u8>> {
        let path = self.path_of(key);
        #[cfg(test)]
        schema::note(&path, schema::Kind::Tiers, json!([]));
        match self.take(key) {
            None => Ok(Vec::new()),
            Some(Value::Array(items)) => items
                .iter()
                .enumerate()
                .map(|(index, item)| {
                    let tier = item.as_u64().and_then(|tier| u8::try_from(tier).ok());
                    tier.filter(|tier| (1..=9).contains(tier)).ok_or_else(|| {
                        wrong_type(format!("{path}[{index}]"), "a tier from 1 to 9", item)
                    })
                })
                .collect(),
            Some(other) => Err(wrong_type(path, "a list of tiers", other)),
        }
    }

    fn text_map(&mut self, key: &'static str) -> Outcome<BTreeMap<String, String>> {
        let path = self.path_of(key);
        #[cfg(test)]
        schema::note(&path, schema::Kind::TextMap, json!({}));
        let fields = match self.take(key) {
            None => return Ok(BTreeMap::new()),
            Some(Value::Object(fields)) => fields,
            Some(other) => return Err(wrong_type(path, "an object of texts", other)),
        };
        let mut texts = BTreeMap::new();
        for (name, value) in fields {
            let Value::String(text) = value else {
                return Err(wrong_type(format!("{path}.{name}"), "an entity ref", value));
            };
            texts.insert(name.to_lowercase(), text.to_lowercase());
        }
        Ok(texts)
    }

    /// A list of names out of those that are known.
    fn names(
        &mut self,
        key: &'static str,
        noun: &str,
        known: &[&'static str],
        standard: &[&'static str],
    ) -> Outcome<Vec<&'static str>> {
        let path = self.path_of(key);
        #[cfg(test)]
        schema::note(&path, schema::Kind::Names(known.to_vec()), json!(standard));
        let Some(value) = self.take(key) else {
            return Ok(standard.to_vec());
        };
        texts_of(&path, value)?
            .into_iter()
            .enumerate()
            .map(|(index, name)| {
                let found = known.iter().find(|known| **known == name);
                found.copied().ok_or_else(|| PolicyError {
                    path: format!("{path}[{index}]"),
                    problem: format!("no {noun} is called `{name}`"),
                    help: suggestion(&name, known),
                })
            })
            .collect()
    }

    fn finish(self) -> Outcome<()> {
        let unknown = self
            .fields
            .into_iter()
            .flat_map(Map::keys)
            .find(|key| !self.asked.contains(&key.as_str()));
        match unknown {
            None => Ok(()),
            Some(key) => Err(PolicyError {
                path: self.path_of(key),
                problem: "no such setting".to_owned(),
                help: suggestion(key, &self.asked),
            }),
        }
    }
}

fn texts_of(path: &str, value: &Value) -> Outcome<Vec<String>> {
    let Value::Array(items) = value else {
        return Err(wrong_type(path.to_owned(), "a list of texts", value));
    };
    let mut texts = Vec::with_capacity(items.len());
    for (index, item) in items.iter().enumerate() {
        match item {
            Value::String(text) if !text.trim().is_empty() => texts.push(text.clone()),
            other => {
                return Err(wrong_type(
                    format!("{path}[{index}]"),
                    "a text that is not empty",
                    other,
                ));
            }
        }
    }
    Ok(texts)
}

fn wrong_type(path: String, wanted: &str, found: &Value) -> PolicyError {
    let found = found.to_string();
    let shown: String = found.chars().take(60).collect();
    PolicyError {
        path,
        problem: format!("`{shown}` is not {wanted}"),
        help: format!("write {wanted} here, or leave it out for the default"),
    }
}

fn lower(texts: Vec<String>) -> Vec<String> {
    texts.into_iter().map(|text| text.to_lowercase()).collect()
}

/// Names the nearest known key, or all of them where none is near.
fn suggestion(written: &str, known: &[&str]) -> String {
    let nearest = known
        .iter()
        .map(|candidate| {
            (
                edit_distance(&written.to_lowercase(), &candidate.to_lowercase()),
                *candidate,
            )
        })
        .min();
    match nearest {
        Some((distance, candidate)) if distance <= written.chars().count().max(3) / 3 => {
            format!("did you mean `{candidate}`?")
        }
        _ => format!("known are: {}", known.join(", ")),
    }
}

/// Levenshtein distance in characters.
fn edit_distance(left: &str, right: &str) -> usize {
    let right: Vec<char> = right.chars().collect();
    let mut previous: Vec<usize> = (0..=right.len()).collect();
    for (row, left_character) in left.chars().enumerate() {
        let mut current = vec![row + 1];
        for (column, right_character) in right.iter().enumerate() {
            let substituted = previous.get(column).copied().unwrap_or(usize::MAX - 1)
                + usize::from(left_character != *right_character);
            let removed = previous.get(column + 1).copied().unwrap_or(usize::MAX - 1) + 1;
            let added = current.get(column).copied().unwrap_or(usize::MAX - 1) + 1;
            current.push(substituted.min(removed).min(added));
        }
        previous = current;
    }
    previous.last().copied().unwrap_or_default()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use crate::policy::Policy;

    fn refused(text: &str) -> String {
        Policy::from_json(text).unwrap_err().to_string()
    }

    #[test]
    fn the_empty_policy_is_the_default() {
        assert_eq!(Policy::from_json("{}").unwrap(), Policy::default());
    }

    #[test]
    fn errors_name_the_path_and_the_mend() {
        assert_eq!(
            refused(r#"{"thresholds":{"stalledAfterDay":30}}"#),
            "thresholds.stalledAfterDay: no such setting; did you mean `stalledAfterDays`?"
        );
        assert_eq!(
            refused(r#"{"thresholds":{"maintainersTarget":0}}"#),
            "thresholds.maintainersTarget: `0` is not a whole number from 1 to 10; the default is 3"
        );
        assert_eq!(
            refused(r#"{"levels":{"covered":["no-backups"]}}"#),
            "levels.covered[0]: no rule is called `no-backups`; did you mean `no-backup`?"
        );
        assert_eq!(
            refused(r#"{"weights":{"no-stewart":3}}"#),
            "weights.no-stewart: no such setting; did you mean `no-steward`?"
        );
        assert!(refused(r#"{"thresholds":{"rotationWindowMonths":12}}"#).contains("not before"));
        assert!(refused(r#"{"sources":["gitt"]}"#).ends_with("did you mean `git`?"));
        assert!(refused("[]").contains("not an object"));
        assert!(refused("{").contains("not JSON"));
    }
}
