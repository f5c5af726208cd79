//! Git: reads repositories on this machine and never writes to them.
//!
//! What counts is what is committed; the work tree takes no part.

mod contents;
mod origin;
mod program;
mod repository;
mod stand_ins;
mod tree;
mod versions;

pub use origin::Origin;
pub use program::GitError;
pub use repository::{Found, GitRepository};
