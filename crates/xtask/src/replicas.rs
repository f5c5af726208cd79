//! Backends that share a PostgreSQL and are killed while they run.

use anyhow::Result;

use crate::postgres::{Durability, Server};
use crate::processes::{Log, Program};
use crate::toolchain::Toolchain;
use crate::workspace;

/// Breaks three replicas that often, while somebody reads; the log says what came of it.
pub fn break_them(toolchain: &Toolchain, rounds: u32) -> Result<Log> {
    let server = Server::start(Durability::Forgone)?;
    program(toolchain, "replicas", "replicas.ts")
        .env("POSTGRES", server.connection_string("postgres"))
        .env("ROUNDS", rounds.to_string())
        .run_to_end()
}

/// A program of the backend's folder for development, which Node reads as it is written.
pub fn program(toolchain: &Toolchain, name: &str, file: &str) -> Program {
    let folder = workspace::root().join("plugin-ts/plugins/mentorship-backend/dev");
    toolchain
        .node(name)
        .args(["--require", "@backstage/cli/config/nodeTransform.cjs"])
        .args(["--test-reporter=spec"])
        .arg(folder.join(file))
}
