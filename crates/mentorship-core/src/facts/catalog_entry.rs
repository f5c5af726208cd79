//! The catalog entry of a service: does it say whom to call and where to look?

use crate::evidence::catalog::EntityRef;

/// What a catalog entry tells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CatalogEntryFacts {
    /// Who owns the service.
    pub owner: OwnerFact,
    /// The system it is part of is named.
    pub has_system: bool,
    /// What it depends on is said, be it that it depends on nothing.
    pub has_dependencies: bool,
    /// An annotation or a link leads to the on-call rotation.
    pub has_on_call: bool,
    /// An annotation or a link leads to the service level objectives.
    pub has_objectives: bool,
    /// An annotation or a link leads to a dashboard.
    pub has_dashboard: bool,
}

/// Who owns a service, as far as the catalog knows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OwnerFact {
    /// Nobody is named.
    Nobody,
    /// A name that templates leave behind, such as `guests`.
    Placeholder(EntityRef),
    /// A user or group that the catalog does not have.
    Gone(EntityRef),
    /// A user or group of the catalog.
    Known(EntityRef),
    /// The catalog holds no users and groups to compare with.
    NotCompared(EntityRef),
}
