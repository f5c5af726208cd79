//! `cargo xtask yarn …`: the project's Yarn, in the terminal of whoever calls.

use std::ffi::OsString;
use std::process::ExitCode;

use anyhow::{Context, Result};

use crate::postgres::{Durability, Server, TEST_CONNECTION};
use crate::toolchain::Toolchain;

/// What `yarn` is told.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// Have a PostgreSQL server beside it, on which tests of the database run as well
    #[arg(long)]
    postgres: bool,
    /// What to tell Yarn, such as `tsc` or `workspace backend test`
    #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
    words: Vec<OsString>,
}

/// Runs Yarn in the current folder and passes on how it ended.
pub fn run(arguments: &Arguments) -> Result<ExitCode> {
    let folder = std::env::current_dir().context("cannot tell the current folder")?;
    let mut yarn = Toolchain::prepare()?
        .yarn("yarn")
        .args(&arguments.words)
        .folder(folder);
    let server = match arguments.postgres {
        true => Some(Server::start(Durability::Forgone)?),
        false => None,
    };
    if let Some(server) = &server {
        yarn = yarn.env(TEST_CONNECTION, server.connection_string("postgres"));
    }
    let status = yarn.run_in_terminal()?;
    let code = status.code().and_then(|code| u8::try_from(code).ok());
    Ok(code.map_or(ExitCode::FAILURE, ExitCode::from))
}
