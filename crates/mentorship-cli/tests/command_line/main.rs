//! The command as people and pipelines run it: real git repositories, every
//! exit status, broken inputs.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod assess;
mod bus_factor;
mod check;
mod codeowners;
mod fixture;
mod help;
mod init;
mod introductions;
mod mailmap;
mod odd_repositories;
mod push;
mod rules;
mod sarif;
mod schema;
mod since;
mod situations;
mod what_if;
