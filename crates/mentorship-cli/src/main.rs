//! The `mentorship` command.
fn main() {}
