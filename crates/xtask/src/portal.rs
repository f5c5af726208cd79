//! The portal as it is run in production: Backstage's backend serving the built app on one port.
//!
//! Built once and started from files, it answers within seconds; nothing is
//! compiled when a page is opened.

use std::fs;
use std::io::ErrorKind;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use serde_json::Value;
use walkdir::WalkDir;

use crate::catalog_entries;
use crate::examples::Generated;
use crate::fingerprint::Fingerprint;
use crate::outside;
use crate::ports;
use crate::processes::{Program, Running};
use crate::progress::{Step, seconds};
use crate::toolchain::Toolchain;
use crate::workspace;

/// How often a portal that is not ready is asked again.
const ASK_EVERY: Duration = Duration::from_millis(250);
/// How long an answer may take.
const ANSWER_WITHIN_SECONDS: u64 = 5;
/// A portal that takes longer than this has a fault that waiting does not mend.
const READY_WITHIN: Duration = Duration::from_secs(5 * 60);

/// A state that was false once must then be true for this long.
const CALM_AFTER: Duration = Duration::from_secs(3);
/// Counts the catalog's components without sending one.
const COMPONENTS: &str = "/api/catalog/entities/by-query?filter=kind=component&limit=0";
/// How long a catalog takes for files that it was told of when it started.
const TAKEN_WITHIN: Duration = Duration::from_secs(30);
/// Any entities of the catalog.
const ENTITIES: &str = "/api/catalog/entities/by-query";
/// Tells whether the catalog would take an entity.
const VALIDATE: &str = "/api/catalog/validate-entity";
/// What an entity's file is found by.
const ORIGIN: &str = "metadata.annotations.backstage.io/managed-by-origin-location";

/// Builds the portal; `false` where it is there already. The packages and the
/// WebAssembly module must be there.
pub fn build(toolchain: &Toolchain) -> Result<bool> {
    let fingerprint = fingerprint()?;
    if fingerprint.is_current() {
        return Ok(false);
    }
    fingerprint.forget()?;
    toolchain
        .yarn("portal-build")
        .args(["workspace", "backend", "build"])
        .run()?;
    unpack(toolchain)?;
    fingerprint.remember()?;
    Ok(true)
}

/// Everything the portal is made from.
fn fingerprint() -> Result<Fingerprint> {
    let root = workspace::root();
    let mut fingerprint = Fingerprint::kept_in(folder().join(".built"));
    for source in [
        "package.json",
        "yarn.lock",
        "app-config.yaml",
        "backstage.json",
        "tsconfig.json",
        "pkg",
        "pkg/dist",
        "plugin-ts",
    ] {
        fingerprint = fingerprint.with_sources(&root.join(source))?;
    }
    Ok(fingerprint)
}

/// Inside the checkout, so that Node finds third-party packages in the checkout's
/// `node_modules`, one folder further up.
fn folder() -> PathBuf {
    workspace::target().join("portal")
}

fn unpack(toolchain: &Toolchain) -> Result<()> {
    let folder = folder();
    match fs::remove_dir_all(&folder) {
        Err(error) if error.kind() != ErrorKind::NotFound => {
            return Err(error).with_context(|| format!("cannot remove {}", folder.display()));
        }
        _ => {}
    }
    fs::create_dir_all(&folder).with_context(|| format!("cannot create {}", folder.display()))?;
    toolchain
        .equip(Program::new("portal-unpack", "tar"))
        .arg("-xzf")
        .arg(workspace::backend().join("dist/bundle.tar.gz"))
        .arg("-C")
        .arg(&folder)
        .run()?;
    link_packages(&folder)
}

/// Lets the bundle's packages find each other as built: `node_modules` of the
/// checkout would lead to their sources.
fn link_packages(folder: &Path) -> Result<()> {
    let modules = folder.join("node_modules");
    fs::create_dir_all(&modules).with_context(|| format!("cannot create {}", modules.display()))?;
    let manifests = WalkDir::new(folder)
        .min_depth(2)
        .max_depth(4)
        .into_iter()
        .filter_map(Result::ok)
        .filter(|entry| entry.file_name() == "package.json");
    for manifest in manifests {
        let text = fs::read_to_string(manifest.path()).context("cannot read the bundle")?;
        let value: Value = serde_json::from_str(&text).context("cannot read the bundle")?;
        if let (Some(name), Some(package)) = (value["name"].as_str(), manifest.path().parent()) {
            let link = modules.join(name);
            symlink(package, &link).with_context(|| format!("cannot link {}", link.display()))?;
        }
    }
    Ok(())
}

/// A portal to start.
pub struct Portal {
    /// The port of the pages.
    pub page_port: u16,
    /// The port of the API; of the pages too, unless in development.
    pub api_port: u16,
    /// The name of its log.
    pub log: String,
    /// Where its plugins keep what they know.
    pub database: Database,
    /// Where the server answers that stands in for PagerDuty.
    pub pagerduty: String,
    /// Laid over the configuration of the demonstration.
    pub configuration: Option<PathBuf>,
}

/// Where a portal's databases are.
#[derive(Debug, Clone)]
pub enum Database {
    /// As `app-config.yaml` says.
    Configured,
    /// SQLite, one file a plugin in this folder.
    Folder(PathBuf),
    /// PostgreSQL, at this connection string; one database a plugin.
    Server(String),
}

impl Portal {
    /// A portal that disturbs no other: on a free port, with databases of its own.
    pub fn alone(database: PathBuf, pagerduty: String) -> Result<Self> {
        let port = ports::free_port()?;
        Ok(Self {
            page_port: port,
            api_port: port,
            log: "portal-alone".to_owned(),
            database: Database::Folder(database),
            pagerduty,
            configuration: None,
        })
    }

    /// Where a browser finds it.
    pub fn url(&self) -> String {
        format!("http://localhost:{}", self.page_port)
    }

    /// Starts it as built; it is ready after [`Portal::wait_until_ready`].
    pub fn start(&self, toolchain: &Toolchain) -> Result<Running> {
        let root = workspace::root();
        let program = toolchain
            .node(&self.log)
            .arg(folder().join("plugin-ts/packages/backend"))
            .arg("--config")
            .arg(root.join("app-config.yaml"))
            .arg("--config")
            .arg(root.join("app-config.production.yaml"));
        let program = match &self.configuration {
            Some(file) => program.arg("--config").arg(file),
            None => program,
        };
        let program = program
            .folder(workspace::backend())
            .env("NODE_ENV", "production");
        self.configure(program).start()
    }

    /// Starts development servers in its place, which compile and reload what is edited.
    pub fn start_development(&self, toolchain: &Toolchain) -> Result<Running> {
        self.configure(toolchain.yarn(&self.log).arg("start"))
            .start()
    }

    fn configure(&self, program: Program) -> Program {
        let api_url = format!("http://localhost:{}", self.api_port);
        let program = program
            .env("APP_CONFIG_app_baseUrl", self.url())
            .env("APP_CONFIG_backend_cors_origin", self.url())
            .env("APP_CONFIG_backend_baseUrl", api_url)
            .env("APP_CONFIG_backend_listen_port", self.api_port.to_string())
            .env(
                "APP_CONFIG_mentorship_modules_pagerduty_apiBaseUrl",
                &self.pagerduty,
            );
        match &self.database {
            Database::Configured => program,
            Database::Folder(folder) => {
                program.env("APP_CONFIG_backend_database_connection_directory", folder)
            }
            Database::Server(connection) => program
                .env("APP_CONFIG_backend_database_client", "pg")
                .env("APP_CONFIG_backend_database_connection", connection),
        }
    }

    /// Waits until it answers and every service has been judged once.
    pub fn wait_until_ready(&self, running: &mut Running, step: &Step<'_>) -> Result<()> {
        self.wait(running, step, "starting", || {
            let health = self.get(self.api_port, "/.backstage/health/v1/readiness", None);
            Ok(is_good(health.as_ref()) && is_good(self.get(self.page_port, "/", None).as_ref()))
        })?;
        let mut calm = Calm::default();
        self.wait(running, step, "judging the services", || {
            let Some(token) = self.guest_token() else {
                return Ok(false);
            };
            Ok(calm.lasts(self.has_judged_everything(&token)?))
        })
    }

    /// Pushes what the company's pipelines would, and asks for a run that counts it;
    /// where one is under way, the one after it does.
    pub fn push(&self, company: &Generated, running: &mut Running, step: &Step<'_>) -> Result<()> {
        self.push_once_known(company, running, step)?;
        self.refresh();
        Ok(())
    }

    /// Pushes what the company's pipelines would, and waits for a run that counts it.
    pub fn take_what_is_pushed(
        &self,
        company: &Generated,
        running: &mut Running,
        step: &Step<'_>,
    ) -> Result<()> {
        self.push_once_known(company, running, step)?;
        self.count_anew(running, step, "counting what was pushed")
    }

    /// A checkout that was moved has a catalog of files that are gone: a portal that has
    /// judged everything in it may yet have to read where the files are now.
    fn push_once_known(
        &self,
        company: &Generated,
        running: &mut Running,
        step: &Step<'_>,
    ) -> Result<()> {
        let address = ports::address(self.api_port);
        self.wait(running, step, "reading the catalog", || {
            outside::push(company, &address)
        })
    }

    /// Waits for a run that begins now.
    fn count_anew(&self, running: &mut Running, step: &Step<'_>, doing: &str) -> Result<()> {
        // A run that is under way may have begun before.
        let newest = self.run("lastRun");
        let mut is_started = false;
        self.wait(running, step, doing, || {
            is_started = is_started || self.refresh();
            Ok(self.run("currentRun") > newest)
        })
    }

    /// Waits until the catalog has taken entities from these files on this machine, and a
    /// run has counted them. Answers why entries are not there: those that the catalog
    /// refuses are not waited for, others for half a minute.
    pub fn take(
        &self,
        catalog_files: &[PathBuf],
        running: &mut Running,
        step: &Step<'_>,
    ) -> Result<Vec<String>> {
        let begun = Instant::now();
        let mut reasons = Vec::new();
        let mut missing = Vec::new();
        for file in catalog_files {
            let foreseen = catalog_entries::foresee(file, |entry| self.why_refused(entry));
            for reason in foreseen.refused {
                reasons.push(format!("{}: {reason}", file.display()));
            }
            if foreseen.has_others {
                missing.push(file);
            }
        }
        if !missing.is_empty() {
            self.wait(running, step, "reading the catalog", || {
                missing.retain(|file| !self.has_entities_of(file));
                Ok(missing.is_empty() || begun.elapsed() > TAKEN_WITHIN)
            })?;
            self.count_anew(running, step, "judging your services")?;
        }
        for file in missing {
            reasons.push(format!(
                "{}: none of its entries came within {}; another one of the same name may be \
                 there already",
                file.display(),
                seconds(TAKEN_WITHIN)
            ));
        }
        Ok(reasons)
    }

    /// Why the catalog refuses an entry; nothing where it takes it, or does not say.
    fn why_refused(&self, entry: &Value) -> Option<String> {
        let url = format!("{}{VALIDATE}", ports::address(self.api_port));
        let question = serde_json::json!({
            "entity": entry,
            // A file on this machine is no address that may be asked about.
            "location": "url:http://localhost/catalog-info.yaml",
        });
        let request = minreq::post(url)
            .with_header("Authorization", format!("Bearer {}", self.guest_token()?))
            .with_header("Content-Type", "application/json")
            .with_body(question.to_string())
            .with_timeout(ANSWER_WITHIN_SECONDS);
        let answer = request.send().ok()?;
        let said = parsed(&answer);
        let error = said["errors"]
            .get(0)
            .filter(|_| answer.status_code == 400)?;
        let reason = error["cause"]["message"].as_str();
        Some(reason.or(error["message"].as_str())?.to_owned())
    }

    /// Whether the catalog has an entity that a file on this machine brought. Each file is
    /// an entity of its own too, a location.
    fn has_entities_of(&self, catalog_file: &Path) -> bool {
        let origin = format!("file:{}", catalog_file.display());
        let url = format!("{}{ENTITIES}", ports::address(self.api_port));
        let Some(token) = self.guest_token() else {
            return false;
        };
        let request = minreq::get(url)
            .with_param("limit", "2")
            .with_param("fields", "kind")
            .with_param("filter", format!("{ORIGIN}={origin}"))
            .with_header("Authorization", format!("Bearer {token}"))
            .with_timeout(ANSWER_WITHIN_SECONDS);
        let answer = request.send().ok().map(|response| parsed(&response));
        let items = answer.and_then(|answer| answer["items"].as_array().cloned());
        items.is_some_and(|items| items.iter().any(|item| item["kind"] != "Location"))
    }

    /// Asks for a run; whether it was begun now.
    fn refresh(&self) -> bool {
        let url = format!("{}/api/mentorship/refresh", ports::address(self.api_port));
        let Some(token) = self.guest_token() else {
            return false;
        };
        let request = minreq::post(url).with_timeout(ANSWER_WITHIN_SECONDS);
        let request = request.with_header("Authorization", format!("Bearer {token}"));
        let answer = request.send().ok().map(|response| parsed(&response));
        answer.is_some_and(|answer| answer["outcome"] == "started")
    }

    /// The number of a run that the status tells of.
    fn run(&self, which: &str) -> Option<u64> {
        let token = self.guest_token()?;
        let status = self.get(self.api_port, "/api/mentorship/status", Some(&token))?;
        parsed(&status)[which]["id"].as_u64()
    }

    /// Whether the first pass is complete and has seen every component that the
    /// catalog has now. A catalog that is being read for the first time grows for
    /// some seconds, and a pass over its beginning is complete all the same.
    fn has_judged_everything(&self, token: &str) -> Result<bool> {
        let Some(response) = self.get(self.api_port, "/api/mentorship/status", Some(token)) else {
            return Ok(false);
        };
        let status = match response.status_code {
            200 => parsed(&response),
            403 => bail!("the guest may not read /api/mentorship/status; look at the policy"),
            _ => return Ok(false),
        };
        if status["firstPassComplete"] != Value::Bool(true) {
            return Ok(false);
        }
        let components = self.get(self.api_port, COMPONENTS, Some(token));
        let components = components.and_then(|response| parsed(&response)["totalItems"].as_u64());
        let judged = status["currentRun"]["services"].as_u64();
        Ok(components.is_some() && judged >= components)
    }

    fn wait(
        &self,
        running: &mut Running,
        step: &Step<'_>,
        doing: &str,
        mut is_done: impl FnMut() -> Result<bool>,
    ) -> Result<()> {
        step.detail(doing);
        let begun = Instant::now();
        while !is_done()? {
            running.check()?;
            if begun.elapsed() > READY_WITHIN {
                let limit = seconds(READY_WITHIN);
                bail!(
                    "the portal was still {doing} after {limit}\n{}",
                    running.quoted()
                );
            }
            thread::sleep(ASK_EVERY);
        }
        Ok(())
    }

    fn guest_token(&self) -> Option<String> {
        let url = format!("{}/api/auth/guest/refresh", ports::address(self.api_port));
        let request = minreq::post(url).with_timeout(ANSWER_WITHIN_SECONDS);
        let body = parsed(&request.send().ok()?);
        Some(body["backstageIdentity"]["token"].as_str()?.to_owned())
    }

    fn get(&self, port: u16, path: &str, token: Option<&str>) -> Option<minreq::Response> {
        let url = format!("{}{path}", ports::address(port));
        let mut request = minreq::get(url).with_timeout(ANSWER_WITHIN_SECONDS);
        if let Some(token) = token {
            request = request.with_header("Authorization", format!("Bearer {token}"));
        }
        request.send().ok()
    }
}

/// A body as JSON; null where it is none.
fn parsed(response: &minreq::Response) -> Value {
    serde_json::from_slice(response.as_bytes()).unwrap_or_default()
}

fn is_good(response: Option<&minreq::Response>) -> bool {
    response.is_some_and(|response| response.status_code == 200)
}

/// Tells a state that has come to stay from one that is passing. One that was true
/// from the beginning, as on a second start, needs no proof.
#[derive(Default)]
struct Calm {
    was_false: bool,
    since: Option<Instant>,
}

impl Calm {
    fn lasts(&mut self, is_true: bool) -> bool {
        if !is_true {
            self.was_false = true;
            self.since = None;
            return false;
        }
        let since = *self.since.get_or_insert_with(Instant::now);
        !self.was_false || since.elapsed() >= CALM_AFTER
    }
}
