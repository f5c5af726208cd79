//! Policy: what an organisation sets for itself. Every threshold, weight and
//! pattern of the judgement stands here and nowhere else.

mod reader;
#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod schema;

use std::collections::{BTreeMap, BTreeSet};

use crate::evidence::owners::HandlePatterns;
pub use reader::PolicyError;

/// The settings of one installation.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(test, derive(schemars::JsonSchema), schemars(rename_all = "camelCase"))]
pub struct Policy {
    /// Kinds judged beside Component, in lower case.
    pub service_kinds: Vec<String>,
    /// Which services are held to the rules without asking them.
    pub program: ProgramFilter,
    /// Where plans are looked for.
    pub plan_paths: Vec<String>,
    /// Critical paths of a service that names none.
    pub critical_paths: Vec<String>,
    /// Services of low risk whatever their tier, entity refs in lower case.
    pub low_risk_services: Vec<String>,
    /// How code asks for a feature toggle: the text around the name with one `*`
    /// for the name, letter case aside and any quote for any other.
    pub toggle_patterns: Vec<String>,
    /// Handles in CODEOWNERS that give a role.
    pub role_handles: RoleHandles,
    /// Annotations by which a catalog entry says where to look.
    pub catalog_annotations: CatalogAnnotations,
    /// People: who has left, and which addresses belong to whom.
    pub people: PeopleSettings,
    /// Sources that this installation has.
    pub sources: Vec<Source>,
    /// Numbers that decide.
    pub thresholds: Thresholds,
    /// Weight of each rule in the score, by rule id.
    // Kept in the order of the catalogue: each judgement asks for all of them.
    pub weights: Vec<u32>,
    /// Rules that each level needs beside those of the levels below it.
    pub levels: LevelRules,
}

/// Selects services by what the catalog says of them. A list that is empty asks
/// nothing; a filter whose lists are all empty selects nobody.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[cfg_attr(test, derive(schemars::JsonSchema), schemars(rename_all = "camelCase"))]
pub struct ProgramFilter {
    /// `spec.type`, any of.
    pub types: Vec<String>,
    /// `spec.lifecycle`, any of.
    pub lifecycles: Vec<String>,
    /// Owner refs, any of.
    pub owners: Vec<String>,
    /// System refs, any of.
    pub systems: Vec<String>,
    /// Tiers, any of.
    pub tiers: Vec<u8>,
}

/// Patterns of handles in CODEOWNERS; `*` stands for the person's own handle.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(test, derive(schemars::JsonSchema), schemars(rename_all = "camelCase"))]
pub struct RoleHandles {
    /// Handles of stewards.
    pub steward: Vec<String>,
    /// Handles of apprentices.
    pub apprentice: Vec<String>,
}

/// Annotations that say where to look, beside links of the entity. One that ends
/// with `/` stands for all that begin so.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(test, derive(schemars::JsonSchema), schemars(rename_all = "camelCase"))]
pub struct CatalogAnnotations {
    /// To the on-call rotation.
    pub on_call: Vec<String>,
    /// To the service level objectives.
    pub objectives: Vec<String>,
    /// To a dashboard.
    pub dashboards: Vec<String>,
}

/// What the installation knows about people beyond the catalog.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(test, derive(schemars::JsonSchema), schemars(rename_all = "camelCase"))]
pub struct PeopleSettings {
    /// Entity refs, e-mail addresses or names of people who have left.
    pub left: BTreeSet<String>,
    /// Entity refs, e-mail addresses, `@handles` or names of people who asked to be
    /// forgotten: they count as somebody who has left, and are named nowhere. What
    /// else belongs to them is told by `aliases`.
    pub erased: BTreeSet<String>,
    /// From an e-mail address or a name in the history to a User's entity ref. Whoever
    /// is named here is a person, also by a name or address that looks like a machine's.
    pub aliases: BTreeMap<String, String>,
    /// Annotations of User entities that hold a login on a code host.
    pub login_annotations: Vec<String>,
    /// Names and addresses that are machines, beside the built-in ones; `*`
    /// matches any text.
    pub bots: Vec<String>,
}

/// A source of evidence that an installation has or has not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub enum Source {
    /// Git repositories: plan, owners, documents, history.
    Git,
    /// A code host's reviews, or pushed ones.
    Reviews,
    /// An incident tool.
    Incidents,
    /// Who is on call.
    OnCalls,
    /// Pushed deployments.
    Deployments,
}

/// Numbers that decide. Ranges are checked when a policy is loaded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(test, derive(schemars::JsonSchema), schemars(rename_all = "camelCase"))]
pub struct Thresholds {
    /// Months after which a steward may hand over; 1–60.
    pub rotation_window_months: u16,
    /// Months after which a steward should have handed over; 2–120, later than
    /// the window.
    pub rotation_due_months: u16,
    /// Days without movement after which mentoring counts as stalled; 7–365.
    pub stalled_after_days: u16,
    /// Days late after which a milestone stalls mentoring; 1–365.
    pub milestone_very_late_days: u16,
    /// Trained maintainers a service needs; 1–10.
    pub maintainers_target: u16,
    /// Apprentices a service needs; 1–10.
    pub apprentices_target: u16,
    /// Coverage under which there is no level, in percent; 0–100.
    pub minimum_coverage_percent: u16,
    /// Services one steward can look after; 1–50.
    pub services_per_steward: u16,
    /// Files from which on a directory should not hang on one person; 1–1000.
    pub single_holder_files: u16,
    /// Share of living files whose authors have all left that is too many, in
    /// percent; 1–100.
    pub departed_percent: u16,
    /// Distinct reviewers that a critical path needs; 1–10.
    pub reviewers_target: u16,
    /// Days in which reviewers of a critical path are counted; 7–365.
    pub review_window_days: u16,
    /// Days in which incidents, on-calls and deployments are counted; 7–365.
    pub operations_window_days: u16,
    /// Incidents, deployments or pages under which nothing is concluded; 1–1000.
    pub minimum_sample: u16,
    /// Share of the incidents resolved by one person that is too many, in percent;
    /// 1–100.
    pub hero_percent: u16,
    /// Share of the pages escalated for lack of knowledge that is too many, in
    /// percent; 1–100.
    pub escalation_percent: u16,
    /// Tier from which on a service is of low risk; 1–9.
    pub low_risk_tier: u16,
    /// Days without a commit, a review or a log entry after which a steward counts
    /// as inactive; 14–730.
    pub steward_inactive_days: u16,
    /// Apprentices one steward can mentor; 1–20.
    pub apprentices_per_steward: u16,
    /// Days on one of the first two rungs after which an apprentice is stuck;
    /// 14–365.
    pub autonomy_stuck_days: u16,
    /// Days after which nobody having gone over a runbook is too long; 30–1825.
    pub runbook_stale_days: u16,
}

/// Rules that each level needs beside those of the levels below it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(test, derive(schemars::JsonSchema), schemars(rename_all = "camelCase"))]
pub struct LevelRules {
    /// For `developing`.
    pub developing: Vec<&'static str>,
    /// For `covered`.
    pub covered: Vec<&'static str>,
    /// For `resilient`.
    pub resilient: Vec<&'static str>,
}

/// A rule, as far as a policy is about it.
#[derive(Debug, Clone, Copy)]
pub struct WeighedRule {
    /// The id.
    pub id: &'static str,
    /// The weight in the score unless the policy says otherwise.
    pub weight: u32,
}

impl Policy {
    /// Reads a policy about these rules from JSON text.
    pub(crate) fn about(rules: &[WeighedRule], text: &str) -> Result<Self, PolicyError> {
        reader::read(rules, text)
    }

    /// The policy of those who set nothing.
    pub(crate) fn standard(rules: &[WeighedRule]) -> Self {
        Self {
            service_kinds: Vec::new(),
            program: ProgramFilter::default(),
            plan_paths: owned(&[
                "MENTORSHIP.md",
                "**/MENTORSHIP.md",
                "MENTORING.md",
                "**/MENTORING.md",
                "docs/mentorship.md",
                "docs/mentoring.md",
                "**/docs/mentorship.md",
                "**/docs/mentoring.md",
            ]),
            critical_paths: owned(&[
                "/infra/",
                "/airflow/dags/",
                "/dags/",
                "/deploy/",
                "/migrations/",
            ]),
            low_risk_services: Vec::new(),
            toggle_patterns: owned(&[
                "enabled('*'",
                "enabled?(:*",
                "enabled?('*'",
                "feature('*'",
                "featureflag('*'",
                "feature_flag('*'",
                "useflag('*'",
                "variation('*'",
            ]),
            role_handles: RoleHandles {
                steward: owned(&["*-steward"]),
                apprentice: owned(&["*-apprentice"]),
            },
            catalog_annotations: CatalogAnnotations {
                on_call: owned(&[
                    "pagerduty.com/",
                    "opsgenie.com/",
                    "splunk.com/on-call-team",
                    "rootly.com/",
                    "incident.io/",
                    "firehydrant.com/",
                    "ilert.com/",
                ]),
                objectives: owned(&["nobl9.com/"]),
                dashboards: owned(&[
                    "grafana/dashboard-selector",
                    "grafana/overview-dashboard",
                    "datadoghq.com/",
                    "newrelic.com/dashboard-guid",
                    "dynatrace.com/",
                    "prometheus.io/",
                ]),
            },
            people: PeopleSettings {
                left: BTreeSet::new(),
                erased: BTreeSet::new(),
                aliases: BTreeMap::new(),
                login_annotations: owned(&["github.com/user-login", "gitlab.com/user-login"]),
                bots: Vec::new(),
            },
            sources: vec![Source::Git],
            thresholds: Thresholds::default(),
            weights: rules.iter().map(|rule| rule.weight).collect(),
            levels: LevelRules::default(),
        }
    }
}

impl RoleHandles {
    /// The shapes of handles. A pattern without exactly one `*` is no shape and
    /// gives nobody a role.
    pub fn patterns(&self) -> HandlePatterns {
        let steward = self.steward.iter().map(String::as_str);
        let apprentice = self.apprentice.iter().map(String::as_str);
        HandlePatterns::parse(steward, apprentice).0
    }
}

impl Default for Thresholds {
    fn default() -> Self {
        Self {
            rotation_window_months: 6,
            rotation_due_months: 12,
            stalled_after_days: 45,
            milestone_very_late_days: 30,
            maintainers_target: 3,
            apprentices_target: 2,
            minimum_coverage_percent: 50,
            services_per_steward: 3,
            single_holder_files: 5,
            departed_percent: 25,
            reviewers_target: 3,
            review_window_days: 90,
            operations_window_days: 90,
            minimum_sample: 5,
            hero_percent: 80,
            escalation_percent: 20,
            low_risk_tier: 3,
            steward_inactive_days: 90,
            apprentices_per_steward: 4,
            autonomy_stuck_days: 60,
            runbook_stale_days: 365,
        }
    }
}

impl Default for LevelRules {
    fn default() -> Self {
        Self {
            developing: vec!["no-steward", "no-mentorship-plan", "no-runbook"],
            covered: vec![
                "no-backup",
                "no-program-owner",
                "steward-rotation-overdue",
                "steward-since-unknown",
                "mentorship-stalled",
                "milestone-overdue",
                "codeowners-missing",
            ],
            resilient: vec![
                "bus-factor-low",
                "single-knowledge-holder",
                "knowledge-departed",
                "critical-path-unpaired",
                "steward-inactive",
                "steward-overloaded",
                "too-few-apprentices",
                "milestone-without-deliverable",
                "autonomy-stuck",
                "runbook-incomplete",
                "runbook-stale",
                "no-decision-record",
                "hero-responder",
                "no-apprentice-on-call",
                "escalations-high",
            ],
        }
    }
}

impl Source {
    /// The name in a policy.
    pub fn as_str(self) -> &'static str {
        let known = Self::ALL.iter().find(|(source, _)| *source == self);
        known.map_or("", |(_, name)| name)
    }

    /// All sources with their names in a policy.
    pub const ALL: [(Self, &'static str); 5] = [
        (Self::Git, "git"),
        (Self::Reviews, "reviews"),
        (Self::Incidents, "incidents"),
        (Self::OnCalls, "on-calls"),
        (Self::Deployments, "deployments"),
    ];
}

fn owned(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|text| (*text).to_owned()).collect()
}
