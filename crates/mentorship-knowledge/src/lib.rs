//! Who knows what: the history stream folded into readings.
//!
//! ```text
//! stream → records → event log → people, living paths → fold by file → readings
//! ```
//!
//! [`History`] takes the stream as it arrives. [`History::finish`] folds it
//! once; questions about any scope are answered from the folded state.
//!
//! A crate of its own since millions of events go through it: it is compiled for
//! speed, the judgement around it for size.

mod absence;
mod activity;
mod ancestry;
mod bots;
mod credit;
mod departures;
mod file_fold;
mod filter;
mod fold;
mod folding;
mod formula;
mod greedy;
mod history;
mod identities;
mod islands;
mod living;
mod log;
mod mailmap;
mod path_events;
mod person;
mod person_set;
mod reader;
mod reading;
mod scope;
mod selection;
mod settings;
mod single_holders;
mod state;
pub mod stream;
mod summary;
mod tally;
mod touching;
mod trailers;
mod tree;
mod users;

pub use absence::{ABSENCE_WINDOW_DAYS, absence_factor};
pub use activity::{Activity, Work};
pub use bots::BotPatterns;
pub use departures::{DirectoryLoss, Loss, LossLimits, Successor};
pub use filter::pattern::{PathExpressions, PatternError};
pub use filter::{FileClass, FileFilter, FileLists};
pub use folding::folded;
pub use formula::{RECENT_DECAY_DAYS, RECENT_WINDOW_DAYS};
pub use history::History;
pub use identities::AliasGroups;
pub use mailmap::Mailmap;
pub use person::{Merge, MergeReason, Person, PersonId};
pub use person_set::PersonSet;
pub use reading::{Exclusion, Fall, FileCount, Holder, Reading, Readings};
pub use scope::Scope;
pub use settings::Settings;
pub use single_holders::SingleHolder;
pub use state::StateError;
pub use summary::Summary;
pub use tree::{Directory, DirectoryHolder, TreeLimits};
