//! The catalog and its evidence, as `assess` and `what-if` take them.

use std::collections::BTreeSet;
use std::path::PathBuf;

use clap::Args;
use mentorship_core::civil_date::CivilDate;
use mentorship_core::engine::Engine;

use crate::as_of;
use crate::catalog::CatalogReader;
use crate::evidence::{read_files, read_where_services_live};
use crate::exit::Failure;
use crate::policy::engine;
use crate::stderr::Stderr;

/// How services are found; the end of a command's help.
pub const WHERE_SERVICES_LIVE: &str = "\
Services are matched to code by their source location. A folder is read where it is;
https://host/org/pay is looked for as CHECKOUTS/host/org/pay, then as CHECKOUTS/pay.
What is committed at HEAD counts.";

/// A catalog with evidence, under a policy, on a day.
#[derive(Debug, Args)]
pub struct CatalogInputs {
    /// Catalog files (YAML, JSON, or a page of `entities/by-query`), or folders of them
    #[arg(long, required = true, num_args = 1.., value_name = "FILE|DIR")]
    catalog: Vec<PathBuf>,
    /// Where the repositories on code hosts are checked out
    #[arg(long, value_name = "DIR")]
    checkouts: Option<PathBuf>,
    /// Evidence documents (JSON), or folders of them, taken as they are
    #[arg(long, num_args = 1.., value_name = "FILE|DIR")]
    evidence: Vec<PathBuf>,
    /// The policy, JSON or YAML
    #[arg(long, value_name = "FILE")]
    policy: Option<PathBuf>,
    /// The day to judge as of [default: today in UTC]
    #[arg(long, value_name = "DATE", value_parser = as_of::day)]
    as_of: Option<CivilDate>,
}

impl CatalogInputs {
    /// The day, `YYYY-MM-DD`.
    pub fn as_of(&self) -> String {
        as_of::or_today(self.as_of).to_string()
    }

    /// An engine with everything in it.
    pub fn engine(&self, stderr: &Stderr) -> Result<Engine, Failure> {
        let mut engine = engine(self.policy.as_deref())?;
        let missing = self.checkouts.as_deref().filter(|folder| !folder.is_dir());
        if let Some(checkouts) = missing {
            return Err(Failure::Usage(format!(
                "--checkouts {}: no such folder",
                checkouts.display()
            )));
        }
        CatalogReader::new(&mut engine, stderr).read(&self.catalog);
        if engine.service_count() == 0 {
            return Err(Failure::Nothing(
                "there is no service in the catalog given".to_owned(),
            ));
        }
        let known = read_files(&mut engine, &self.evidence, stderr);
        tell_strangers(&engine, &known, stderr);
        let defect = |refused| Failure::Nothing(format!("{refused}"));
        read_where_services_live(&mut engine, self.checkouts.as_deref(), &known, stderr)
            .map_err(defect)?;
        Ok(engine)
    }
}

/// Evidence of a service that the catalog does not have is seldom meant.
fn tell_strangers(engine: &Engine, known: &BTreeSet<String>, stderr: &Stderr) {
    if known.is_empty() {
        return;
    }
    let services: BTreeSet<String> = engine
        .locations()
        .into_iter()
        .map(|service| service.entity_ref)
        .collect();
    for stranger in known.difference(&services) {
        stderr.tell(
            stranger,
            "there is evidence of it, and the catalog has no such service",
        );
    }
}
