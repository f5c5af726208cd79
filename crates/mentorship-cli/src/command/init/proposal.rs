//! What a repository's history and files propose for its plan and its owners.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use mentorship_core::evidence::documents::{DocumentKind, kind_of_path};
use mentorship_core::evidence::path_patterns::{LetterCase, PathPatterns};
use mentorship_core::evidence::plan::{
    Apprentice, Asset, AssetKind, Autonomy, Identity, PersonRef, Plan, template,
};
use mentorship_core::evidence::{Located, owners};
use mentorship_core::knowledge::{Person, Reading};
use mentorship_core::policy::Policy;

/// Runbooks that are named one by one.
const MOST_RUNBOOKS: usize = 5;

/// A proposal for one folder of a repository.
pub struct Proposal {
    service: Option<String>,
    directory: String,
    /// Who knows most, first, with their share of what is known.
    people: Vec<(PersonRef, f64)>,
    critical_paths: Vec<String>,
    runbooks: Vec<String>,
    /// The folder of decision records.
    records: Option<String>,
    code_owners_path: &'static str,
    owners_there: Option<OwnersThere>,
}

/// Files that say who owns what already.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OwnersThere {
    /// A CODEOWNERS.
    CodeOwners,
    /// OWNERS files, which nobody would look at beside a CODEOWNERS.
    OwnersFiles,
}

impl Proposal {
    /// What the recent reading and the files of a folder propose.
    pub fn new(
        recent: &Reading,
        people: &[Person],
        services: &[String],
        directory: &str,
        paths: &BTreeSet<String>,
        policy: &Policy,
    ) -> Self {
        let holders = recent.people.iter().filter(|holder| !holder.left);
        let known = holders.filter_map(|holder| {
            let person = people.get(usize::try_from(holder.person).ok()?)?;
            Some((named(person), holder.share))
        });
        let below = below(directory, paths);
        let of_kind = |kind| {
            below
                .iter()
                .filter(move |path| kind_of_path(path) == Some(kind))
        };
        let records = of_kind(DocumentKind::DecisionRecord).next();
        let on_gitlab = paths.contains(".gitlab-ci.yml");
        Self {
            service: match services {
                [only] => Some(only.clone()),
                _ => None,
            },
            directory: directory.to_owned(),
            people: known.take(4).collect(),
            critical_paths: critical_paths(&below, &policy.critical_paths),
            runbooks: of_kind(DocumentKind::Runbook)
                .take(MOST_RUNBOOKS)
                .map(|path| (*path).to_owned())
                .collect(),
            records: records.map(|path| {
                path.rsplit_once('/')
                    .map_or("", |(folder, _)| folder)
                    .to_owned()
            }),
            code_owners_path: match on_gitlab {
                true => ".gitlab/CODEOWNERS",
                false => ".github/CODEOWNERS",
            },
            owners_there: owners_there(paths),
        }
    }

    /// MENTORSHIP.md in the canonical form.
    pub fn plan(&self) -> String {
        let at = |person: Option<&PersonRef>| -> Vec<Located<PersonRef>> {
            person
                .map(|person| Located::at(0, person.clone()))
                .into_iter()
                .collect()
        };
        let steward = self.person(0);
        let asset = |kind, title: &str, target: &str| Asset {
            kind,
            title: title.to_owned(),
            target: Some(target.to_owned()),
            line: 0,
        };
        let runbooks = self.runbooks.iter().map(|path| {
            let name = path
                .rsplit_once('/')
                .map_or(path.as_str(), |(_, name)| name);
            let name = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
            asset(AssetKind::Runbook, name, path)
        });
        let records = self.records.iter();
        let records = records.map(|folder| asset(AssetKind::DecisionRecord, folder, folder));
        let apprentices = [2, 3].iter().filter_map(|place| self.person(*place));
        template::render(&Plan {
            service: self.service.clone().map(|service| Located::at(0, service)),
            scope: Some(Located::at(
                0,
                match self.directory.as_str() {
                    "" => "the whole repository".to_owned(),
                    directory => format!("`{directory}/`"),
                },
            )),
            steward: at(steward),
            backup: at(self.person(1)),
            apprentices: apprentices
                .map(|person| Apprentice {
                    person: person.clone(),
                    line: 0,
                    mentors: steward.cloned().into_iter().collect(),
                    started: None,
                    autonomy: Some(Located::at(0, Autonomy::Guided)),
                    goal: None,
                    success_signal: None,
                    milestones: Vec::new(),
                })
                .collect(),
            assets: runbooks.chain(records).collect(),
            ..template::blank()
        })
    }

    /// The lines of an owners file for the folder.
    pub fn code_owners(&self) -> String {
        let owner = |place: usize| self.people.get(place).and_then(|(person, _)| owner(person));
        let owners = |places: [usize; 2]| {
            let owners: Vec<String> = places.into_iter().filter_map(owner).collect();
            owners.join(" ")
        };
        let everything = match self.directory.as_str() {
            "" => "*".to_owned(),
            directory => pattern(&format!("/{directory}/")),
        };
        let mut text = String::from(
            "# Proposed by `mentorship init` out of who worked here lately. The last match counts.\n",
        );
        // A line without owners would say that nobody owns what it matches.
        match owners([0, 1]) {
            nobody if nobody.is_empty() => {
                let _ = writeln!(
                    text,
                    "# {everything}: write the logins of whom the plan names; no address here tells them."
                );
            }
            owners => {
                let _ = writeln!(text, "{everything} {owners}");
            }
        }
        if !self.critical_paths.is_empty() && self.people.len() > 2 {
            text.push_str("# Critical paths: a steward and somebody who learns. Two names do not make two approvals.\n");
            for path in &self.critical_paths {
                let path = pattern(&format!("{}{path}", self.prefix()));
                let owners = owners([0, 2]);
                let comment = if owners.is_empty() { "# " } else { "" };
                let _ = writeln!(text, "{comment}{path} {owners}");
            }
        }
        text
    }

    /// Where the code host looks for owners.
    pub fn code_owners_path(&self) -> &'static str {
        self.code_owners_path
    }

    /// Who says already who owns what.
    pub fn owners_there(&self) -> Option<OwnersThere> {
        self.owners_there
    }

    /// Who is proposed for what, and why.
    pub fn who(&self) -> String {
        if self.people.is_empty() {
            return "Nobody worked here in the last year and a half, so that nobody is proposed.\n"
                .to_owned();
        }
        let roles = ["steward", "backup", "apprentice", "apprentice"];
        let mut text = String::from(
            "Proposed out of who worked here lately; talk to them before you commit:\n",
        );
        for ((person, share), role) in self.people.iter().zip(roles) {
            let person = crate::show::printable(&person.spelling());
            let share = match share * 100.0 {
                little if little < 1.0 => "under 1".to_owned(),
                percent => format!("{percent:.0}"),
            };
            let _ = writeln!(text, "  {role:<10}  {person}, {share} % of the files");
        }
        text
    }

    /// What is left to people.
    pub fn what_to_do(&self) -> String {
        let plan = match self.directory.as_str() {
            "" => "MENTORSHIP.md".to_owned(),
            directory => format!("{directory}/MENTORSHIP.md"),
        };
        let mut text = String::from(
            "To fill in: since when the steward is steward, the program owner, and of each\n\
             apprentice the first day, a goal and how everybody will see that it is\n\
             reached.\n\n\
             For catalog-info.yaml, below `metadata`:\n  annotations:\n    mentorship/enrolled: \"true\"\n",
        );
        let _ = writeln!(text, "    mentorship/plan: {plan}");
        if !self.critical_paths.is_empty() {
            let _ = writeln!(
                text,
                "    mentorship/critical-paths: {}",
                self.critical_paths.join(",")
            );
        }
        text.push_str("\nThen commit, and: mentorship check\n");
        text
    }

    fn person(&self, place: usize) -> Option<&PersonRef> {
        self.people.get(place).map(|(person, _)| person)
    }

    fn prefix(&self) -> String {
        match self.directory.as_str() {
            "" => String::new(),
            directory => format!("/{directory}"),
        }
    }
}

fn owners_there(paths: &BTreeSet<String>) -> Option<OwnersThere> {
    if owners::locate_with_dialect(paths.iter().map(String::as_str), None).is_some() {
        return Some(OwnersThere::CodeOwners);
    }
    let mut names = paths.iter().map(|path| path.rsplit('/').next());
    names
        .any(|name| name == Some("OWNERS"))
        .then_some(OwnersThere::OwnersFiles)
}

/// The paths of a folder, from the folder.
fn below<'a>(directory: &str, paths: &'a BTreeSet<String>) -> BTreeSet<&'a str> {
    let inside = |path: &'a String| match directory {
        "" => Some(path.as_str()),
        directory => path.strip_prefix(directory)?.strip_prefix('/'),
    };
    paths.iter().filter_map(inside).collect()
}

/// The patterns that match a file.
fn critical_paths(paths: &BTreeSet<&str>, patterns: &[String]) -> Vec<String> {
    let matches = |pattern: &&String| {
        let (compiled, _) = PathPatterns::parse([pattern.as_str()], LetterCase::Sensitive);
        paths.iter().any(|path| compiled.matches(path))
    };
    patterns.iter().filter(matches).cloned().collect()
}

/// The login that the host's no-reply address tells, else the address, else the
/// name.
fn named(person: &Person) -> PersonRef {
    let login = person.emails.iter().find_map(|email| login(email));
    let address = person.emails.iter().find(|email| is_reachable(email));
    let identity = match (login, address) {
        (Some(login), _) => Identity::Handle(login.to_owned()),
        (None, Some(email)) => Identity::Email(email.clone()),
        (None, None) => return PersonRef::known(Identity::Name(person.name.clone()), None),
    };
    PersonRef::known(identity, Some(person.name.clone()))
}

/// Whether a letter could arrive: git without settings, or with mistaken ones, writes
/// `ann@laptop.local` or `--global`.
fn is_reachable(email: &str) -> bool {
    const AT_HOME: [&str; 4] = ["local", "localdomain", "lan", "internal"];
    let Some((person, domain)) = email.split_once('@') else {
        return false;
    };
    let top = domain.rsplit_once('.').map_or("", |(_, top)| top);
    !person.is_empty() && !top.is_empty() && !AT_HOME.contains(&top) && !email.contains(' ')
}

/// `12345+alice@users.noreply.github.com`, `12345-alice@users.noreply.gitlab.com`.
fn login(email: &str) -> Option<&str> {
    let (local, host) = email.split_once('@')?;
    let between = match host {
        "users.noreply.github.com" => '+',
        "users.noreply.gitlab.com" => '-',
        _ => return None,
    };
    let numbered = local.split_once(between);
    let behind = numbered.filter(|(number, _)| number.bytes().all(|byte| byte.is_ascii_digit()));
    Some(behind.map_or(local, |(_, login)| login)).filter(|login| !login.is_empty())
}

/// How an owners file names somebody: it knows logins and addresses, and no names.
fn owner(person: &PersonRef) -> Option<String> {
    match &person.identity {
        Identity::Name(_) => None,
        identity => Some(identity.spelling()),
    }
}

/// Blanks end a pattern unless they are escaped.
fn pattern(path: &str) -> String {
    path.replace(' ', "\\ ")
}
