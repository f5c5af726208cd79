//! Backends that share a PostgreSQL: they begin together, and are killed while they run.

use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Result, bail};

use crate::postgres::{Durability, Server};
use crate::processes::{Log, Program};
use crate::toolchain::Toolchain;
use crate::workspace;

/// How often the server is looked at.
const LOOK_EVERY: Duration = Duration::from_millis(100);
/// A round takes seconds, on a machine of any speed: what takes this long hangs.
const LONGEST_ROUND: Duration = Duration::from_mins(5);

/// Has replicas begin at the same moment on an empty server, that often; the log says
/// what came of it.
pub fn begin_together(toolchain: &Toolchain, boots: u32) -> Result<Log> {
    let server = Server::start(Durability::Forgone)?;
    program(toolchain, "boots", "boots.ts")
        .env("POSTGRES", server.connection_string("postgres"))
        .env("BOOTS", boots.to_string())
        .run_to_end()
}

/// Breaks three replicas that often, and their server too, while somebody reads; the log
/// says what came of it.
pub fn break_them(toolchain: &Toolchain, rounds: u32) -> Result<Log> {
    let mut server = Server::start(Durability::Forgone)?;
    let mut replicas = program(toolchain, "replicas", "replicas.ts")
        .env("POSTGRES", server.connection_string("postgres"))
        .env("POSTGRES_PID_FILE", server.pid_file())
        .env("ROUNDS", rounds.to_string())
        .start()?;
    let begun = Instant::now();
    loop {
        if let Some(log) = replicas.ended()? {
            return Ok(log);
        }
        if begun.elapsed() > LONGEST_ROUND * rounds {
            let quoted = replicas.quoted();
            replicas.stop();
            bail!("{rounds} rounds did not end in time and were stopped\n{quoted}");
        }
        // As whatever keeps a database running does.
        server.restart_where_it_ended()?;
        thread::sleep(LOOK_EVERY);
    }
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
