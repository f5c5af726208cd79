//! Documents: what people wrote for people, in Markdown, reStructuredText or AsciiDoc,
//! read line by line.
//!
//! [`kind_of_path`] says what a file is; one reader for each kind takes the
//! facts that the rules ask for, each with its line. No reader fails.

pub mod decision_record;
pub mod front_matter;
pub mod inline;
mod kind;
pub mod loose_date;
pub mod maintainers;
mod markup;
pub mod outline;
mod prose;
pub mod runbook;
pub mod text;
pub mod walkthrough;

pub use decision_record::{DecisionRecord, Status, decision_record};
pub use kind::{
    DocumentKind, is_index, kind_of_folder, kind_of_path, lists_maintainers, may_be_runbook,
};
pub use maintainers::{Maintainer, maintainers};
pub use prose::Section;
pub use runbook::{Runbook, runbook};
pub use walkthrough::{Walkthrough, walkthrough};
