//! Wire: the only shapes that are serialised, by version.
//!
//! The domain knows no JSON; these types convert from it. A changed shape is a
//! new version beside the old one. The TypeScript types are generated from them.

pub mod csv;
#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod json_schema;
pub mod packed;
#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod typescript;
pub mod v1;
