//! Evidence: handed to the engine from documents, from checkouts, from one
//! repository.

mod checkouts;
mod files;
mod reading;

pub use checkouts::read_where_services_live;
pub use files::read_files;
pub use reading::{Reading, SHALLOW};
