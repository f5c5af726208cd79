//! What must hold, by what is read.

pub mod catalog;
pub mod documents;
pub mod evidence;
pub mod history;
pub(crate) mod judgement;
pub(crate) mod lines;
pub mod owners;
pub mod plan;
pub mod policy;
