//! Readings: the three answers about a service as of a day, each by its own
//! definition and never blended.

pub mod bus_factor;
pub mod enrolment;
pub mod mentorship;
pub mod rotation;
