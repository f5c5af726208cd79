//! What happened in operation, as `mentorship push` and the route behind it take it.
//!
//! The format is public: whoever runs services can write it from any incident
//! tool, deployment pipeline or code host. A document that TypeScript or a script
//! has made is read record by record: one that cannot be understood is told with
//! its place and drops no other.

use serde::{Deserialize, Serialize};

use super::ReviewEvidence;

/// What happened in operation to some services.
///
/// ```json
/// { "schema": "mentorship/pushed/v1", "collectedAt": "2026-11-21T06:00:00Z", "since": "2026-08-23",
///   "services": [{ "entityRef": "component:default/checkout",
///     "incidents": [{ "id": "INC-7", "createdAt": "2026-11-02T09:00:00Z", "resolvedAt": "2026-11-02T10:10:00Z",
///       "resolution": "person", "resolvedBy": "user:default/alice",
///       "escalationLevel": 2, "escalationCause": "knowledge",
///       "responders": [{ "person": "jordan@example.org", "level": 1,
///         "acknowledgedAt": "2026-11-02T09:03:00Z", "actedAt": "2026-11-02T09:20:00Z" }] }],
///     "deployments": [{ "at": "2026-11-03T14:00:00Z", "failed": false }] }] }
/// ```
///
/// Of each kind and service the four states of evidence can be said: records, an
/// empty list ("looked, and there was nothing"), the field left out ("not
/// looked"), or a [`PushedFailure`] ("looked, and it failed"; what was pushed
/// before still counts).
///
/// A kind that is pushed again replaces what was pushed of it before from the day
/// `since` on, and everything where there is no `since`. So a job may push each day
/// what happened that day. Where `since` is a time within a day, a job pushes each time
/// what it did itself: what was pushed before stays beside it, and what comes again
/// counts once.
///
/// People are entity refs (`user:default/alice`), e-mail addresses, or handles with
/// an `@`. Times are RFC 3339, or `YYYY-MM-DD` where only the day is known.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS, schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct PushedEvidence {
    /// Always `mentorship/pushed/v1`.
    pub schema: String,
    /// When this was collected, RFC 3339.
    pub collected_at: String,
    /// The first day that was looked at, `YYYY-MM-DD`, or the time on it, RFC 3339; left
    /// out, the day of the oldest record. Nothing is claimed of the days before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub since: Option<String>,
    /// The services that were looked at.
    pub services: Vec<PushedService>,
    /// Reviews of the repository in which all these services live; each counts for those
    /// whose files it touches, also by a name that they had then. Left out where nobody
    /// looked, and in what is pushed of one service.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub reviews: Option<Vec<ReviewEvidence>>,
}

/// What happened to one service.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS, schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct PushedService {
    /// The service, `component:default/checkout`; a bare name is a Component of
    /// the default namespace.
    pub entity_ref: String,
    /// Incidents that paged somebody; left out where nobody looked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub incidents: Option<Vec<PushedIncident>>,
    /// Who is on call for it; left out where nobody looked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub on_calls: Option<Vec<PushedOnCall>>,
    /// Deployments to production; left out where nobody looked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub deployments: Option<Vec<PushedDeployment>>,
    /// Reviews of changes, their paths from the root of the repository; left out
    /// where nobody looked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub reviews: Option<Vec<ReviewEvidence>>,
    /// Kinds that were looked for in vain.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(test, ts(optional, as = "Option<_>"))]
    pub failures: Vec<PushedFailure>,
}

/// A kind of evidence that was looked for, and the looking failed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS, schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct PushedFailure {
    /// Which kind.
    pub kind: OperationsKind,
    /// Why, in one sentence without secrets.
    pub reason: String,
}

/// A kind of evidence on operation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS, schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum OperationsKind {
    /// Incidents and who answered them.
    Incidents,
    /// Who is on call.
    OnCalls,
    /// Deployments.
    Deployments,
    /// Code reviews.
    Reviews,
}

/// An incident that paged somebody.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS, schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct PushedIncident {
    /// What tells it from the service's other incidents.
    pub id: String,
    /// When it began.
    pub created_at: String,
    /// When it was resolved; left out while it is open.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub resolved_at: Option<String>,
    /// Who or what resolved it; left out, `person` where `resolvedBy` names one,
    /// else not known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub resolution: Option<Resolution>,
    /// The person who resolved it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub resolved_by: Option<String>,
    /// The highest escalation level that was paged, 1 for the first; left out
    /// where it is not known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub escalation_level: Option<u8>,
    /// Why it went past the first level; left out where it is not known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub escalation_cause: Option<EscalationCause>,
    /// Who was paged or helped.
    #[serde(default)]
    pub responders: Vec<PushedResponder>,
}

/// What ended an incident.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS, schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Resolution {
    /// Somebody resolved it.
    Person,
    /// It ended by itself, or a machine resolved it.
    Automatic,
}

/// Why an incident went past the first level.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS, schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum EscalationCause {
    /// Whoever was paged did not know what to do.
    Knowledge,
    /// Whoever was paged did not answer in time.
    NoAnswer,
    /// Too much at once for one person.
    Capacity,
    /// The process asks for it: severity, access, a vendor.
    Process,
}

/// Somebody's part in an incident.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS, schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct PushedResponder {
    /// Who.
    pub person: String,
    /// The escalation level as which they were paged: 1 primary, 2 secondary.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub level: Option<u8>,
    /// When they acknowledged the page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub acknowledged_at: Option<String>,
    /// When they first did something about it after that: a note, a mitigation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub acted_at: Option<String>,
}

/// Somebody who is on call for a service.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS, schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct PushedOnCall {
    /// Who.
    pub person: String,
    /// The escalation level: 1 primary, 2 secondary; left out, 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub level: Option<u8>,
    /// From when; left out where it is always.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub start: Option<String>,
    /// Until when; left out where no end is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub end: Option<String>,
}

/// A deployment to production.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS, schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct PushedDeployment {
    /// When.
    pub at: String,
    /// Whether it degraded the service and had to be mended: rolled back, fixed
    /// forward, patched (DORA's failed change).
    pub failed: bool,
}

/// The services that PagerDuty was asked for, once all its pages are handed in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS, schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct PagerDutyAsked {
    /// Ids of services, as the engine gave them out.
    pub service_ids: Vec<String>,
    /// The kinds that were asked for.
    pub kinds: Vec<OperationsKind>,
    /// When, RFC 3339.
    pub collected_at: String,
    /// The first day of the span, `YYYY-MM-DD`.
    pub since: String,
    /// Kinds whose pages were not all had; nothing of them counts.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(test, ts(optional, as = "Option<_>"))]
    pub failures: Vec<PushedFailure>,
}

/// What became of records about operation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS, schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct OperationsOutcome {
    /// Records understood; at the end of PagerDuty's pages, services.
    pub read: u32,
    /// Records that could not be understood, each told in `notes`.
    pub refused: u32,
    /// What the reader should know; places are those in the document:
    /// `services[0].incidents[3]`.
    pub notes: Vec<super::Note>,
    /// The `offset` of PagerDuty's next page; absent on the last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub next_offset: Option<u32>,
}
