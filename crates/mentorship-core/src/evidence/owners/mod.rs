//! Code owners: who must be asked about a path, compiled from a file of a code
//! host.
//!
//! ```
//! use mentorship_core::evidence::owners::{CodeOwners, Dialect, OwnershipState};
//!
//! let text = b"* @org/everyone\n/infra/ @alice @jordan-apprentice\n/infra/vendor/\n";
//! let owners = CodeOwners::parse(text, Dialect::GitHub).owners;
//!
//! let dns = owners.of("infra/dns.tf");
//! assert_eq!(dns.state, OwnershipState::Owned);
//! assert_eq!(dns.lines, [2]);
//! assert_eq!(owners.of("infra/vendor/x.tf").state, OwnershipState::Unowned);
//! ```

mod code_owners;
mod declared;
mod dialect;
mod draft;
mod github;
mod gitlab;
mod handle_roles;
mod kubernetes;
mod owner;
mod pairing;
mod parse;
mod teams;

pub use code_owners::{CodeOwners, Ownership, OwnershipState, Parsed, Rule, Section};
pub use declared::{DecidedBy, DeclaredOwners, DeclaredOwnership};
pub use dialect::{Dialect, candidates, locate, locate_with_dialect};
pub use handle_roles::{HandlePatterns, HandleRole, RoleHandle};
pub use kubernetes::{ALIASES, OwnersTree, TreeOwnership, is_vendored};
pub use owner::{Owner, OwnerKind, ProjectRole, Selection};
pub use pairing::{CriticalPath, Lacks, PairRoles, Pairing, UnpairedFile, pairing_of};
pub use teams::{People, expand};
