//! Introductions: since when files say of roles what they say, out of their
//! earlier versions.
//!
//! Versions are read by the same parsers as the files of today. Going back from
//! the newest, the run of versions that say the same ends at the commit that
//! introduced it.

use super::Note;
use super::catalog::EntityRef;
use super::owners::{CodeOwners, Dialect, HandlePatterns, HandleRole};
use super::plan::{self, Autonomy, Identity, PersonRef, Plan};
use crate::civil_date::CivilDate;
use crate::evidence::catalog::Annotation;
use mentorship_texts::by_name::ByName;
use mentorship_texts::catalog_file;
use mentorship_texts::ordering::sort_by;

/// Versions of one file that are read, newest first: two years of a plan that
/// changes every week, longer than a stewardship should last. What is older is
/// unread, not absent.
pub const MOST_VERSIONS: usize = 100;

/// Catalog files that are read: each of them is looked through for each service.
pub const MOST_CATALOGS: usize = 200;

/// The annotations of a catalog file that give roles.
pub const STEWARD: &str = Annotation::Steward.key();
/// See [`STEWARD`].
pub const APPRENTICES: &str = Annotation::Apprentices.key();

/// A file as a commit left it.
#[derive(Debug)]
pub struct FileVersion {
    /// The path of the file today.
    pub path: String,
    /// The path then.
    pub path_then: String,
    /// Full name of the commit.
    pub commit: String,
    /// When it was made; `None` where that cannot be read.
    pub day: Option<CivilDate>,
    /// What stood in it, `None` where the commit left no such file, or why it was not
    /// read.
    pub content: Result<Option<Vec<u8>>, String>,
}

/// What a file is, which says who reads it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileKind {
    /// A plan.
    Plan,
    /// The owners file of a code host.
    Owners(Dialect),
    /// A catalog file.
    Catalog,
}

/// What the versions of a repository's files say of roles.
#[derive(Debug, Default)]
pub struct Introductions {
    /// A monorepo has one for each of its services, which knows its path.
    plans: ByName<FilePast>,
    /// Files that may give roles to any service.
    others: ByName<FilePast>,
}

#[derive(Debug)]
struct FilePast {
    kind: FileKind,
    /// Newest first; of versions that say the same the oldest.
    steps: Vec<Step>,
    versions: usize,
    /// Nobody knows what came before these.
    ends: bool,
}

/// A commit that changed what a file says of roles.
#[derive(Debug)]
pub struct Step {
    /// Full name of the commit.
    pub commit: String,
    /// When it was made.
    pub day: CivilDate,
    /// The path then.
    pub path: String,
    /// What the file says from then on, in the order of the scopes: a file may give
    /// roles for thousands of services.
    says: Vec<Roles>,
}

/// What a version says of roles.
#[derive(Debug, PartialEq, Eq)]
pub struct Roles {
    /// What it says it of.
    pub scope: Scope,
    /// Stewards.
    pub stewards: Vec<PersonRef>,
    /// Apprentices.
    pub learners: Vec<Learner>,
}

/// What roles are given for.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Scope {
    /// Whoever lives under the plan.
    Plan,
    /// A service, in a catalog file.
    Service(EntityRef),
    /// The files of a pattern of the owners file.
    Pattern(String),
}

/// Where a service's roles may be given.
#[derive(Debug, Clone, Copy)]
pub struct Asked<'a> {
    /// Its plan.
    pub plan: Option<&'a str>,
    /// The plan, the service itself, and the patterns of the owners file that decide
    /// about its files today.
    pub scopes: &'a [Scope],
}

/// An apprentice in a version.
#[derive(Debug, PartialEq, Eq)]
pub struct Learner {
    /// Who.
    pub person: PersonRef,
    /// The rung.
    pub autonomy: Option<Autonomy>,
    /// Milestones that are ticked: the day, and the place among those of the
    /// same day.
    pub ticked: Vec<(u16, u16)>,
}

/// Since when a file says something.
#[derive(Debug, Clone, Copy)]
pub enum Introduction<'a> {
    /// Since this commit.
    At(&'a Step),
    /// Since this commit at least; what was before was not read.
    Before(&'a Step),
    /// It does not say so.
    NotSaid,
    /// Not even the newest version was read.
    NotRead,
}

impl Introductions {
    /// Reads versions, those of each file newest first.
    pub fn read(
        versions: Vec<FileVersion>,
        kind_of: &dyn Fn(&str) -> FileKind,
        patterns: &HandlePatterns,
        notes: &mut Vec<(String, Note)>,
    ) -> Self {
        let mut all = Self::default();
        for version in versions {
            let kind = kind_of(&version.path);
            let files = match kind {
                FileKind::Plan => &mut all.plans,
                FileKind::Owners(_) | FileKind::Catalog => &mut all.others,
            };
            let past = files.entry(version.path.clone());
            let past = past.or_insert_with(|| {
                Box::new(FilePast {
                    kind,
                    steps: Vec::new(),
                    versions: 0,
                    ends: false,
                })
            });
            if version.content.is_ok() && version.day.is_none() {
                let note = "a version has no day, so neither it nor what came before it is read";
                notes.push((version.path.clone(), Note::on_the_whole(note)));
            }
            past.take(version, patterns);
        }
        all
    }

    /// Whether no catalog file was left out.
    pub fn are_all(&self) -> bool {
        self.others.len() < MOST_CATALOGS
    }

    /// Whether the owners file ever gave a role.
    pub fn has_owners(&self) -> bool {
        let mut files = self.others.values();
        files.any(|past| matches!(past.kind, FileKind::Owners(_)))
    }

    /// Since when each file that can give the service roles says something.
    pub fn find<'a>(
        &'a self,
        asked: Asked<'a>,
        says: &'a dyn Fn(&Roles) -> bool,
    ) -> impl Iterator<Item = Introduction<'a>> {
        let plan = asked.plan.map(|path| self.plans.get(path));
        let others = self.others.values().map(Some);
        others.chain(plan).map(move |past| {
            let Some(past) = past else {
                return Introduction::NotRead;
            };
            past.introduction(&|step| asked.scopes.iter().any(|scope| step.of(scope).any(says)))
        })
    }
}

impl Step {
    fn of(&self, scope: &Scope) -> impl Iterator<Item = &Roles> {
        let first = self.says.partition_point(|roles| roles.scope < *scope);
        let since = self.says.get(first..).unwrap_or_default().iter();
        since.take_while(move |roles| roles.scope == *scope)
    }
}

impl FilePast {
    fn take(&mut self, version: FileVersion, patterns: &HandlePatterns) {
        self.versions += 1;
        let (Ok(content), Some(day)) = (version.content, version.day) else {
            self.ends = true;
            return;
        };
        // Nothing before what was not read counts.
        self.ends |= self.versions > MOST_VERSIONS;
        if self.ends {
            return;
        }
        let read = |content: Vec<u8>| self.kind.roles(&content, patterns);
        let mut says = content.map_or_else(Vec::new, read);
        sort_by(&mut says, |left, right| left.scope.cmp(&right.scope));
        let step = Step {
            commit: version.commit,
            day,
            path: version.path_then,
            says,
        };
        match self.steps.last_mut() {
            Some(newer) if newer.says == step.says => *newer = step,
            _ => self.steps.push(step),
        }
    }

    fn introduction(&self, says: &dyn Fn(&Step) -> bool) -> Introduction<'_> {
        let run = self.steps.iter().take_while(|step| says(step));
        match (run.last(), self.steps.last()) {
            (None, None) if self.ends => Introduction::NotRead,
            (None, _) => Introduction::NotSaid,
            (Some(since), Some(oldest)) if self.ends && std::ptr::eq(since, oldest) => {
                Introduction::Before(since)
            }
            (Some(since), _) => Introduction::At(since),
        }
    }
}

impl FileKind {
    fn roles(self, content: &[u8], patterns: &HandlePatterns) -> Vec<Roles> {
        match self {
            Self::Plan => vec![of_plan(&plan::parse(content).value)],
            Self::Owners(dialect) => {
                of_owners(&CodeOwners::parse(content, dialect).owners, patterns)
            }
            Self::Catalog => of_catalog(&String::from_utf8_lossy(content)),
        }
    }
}

fn of_plan(plan: &Plan) -> Roles {
    let stewards = plan.steward.iter().map(|named| named.value.clone());
    let learners = plan.apprentices.iter().map(|one| {
        let milestones = plan.milestones_of(one);
        let milestones = milestones.iter();
        let ticks = numbered(milestones.map(|own| (own.milestone.day, own.done == Some(true))));
        Learner {
            person: one.person.clone(),
            autonomy: one.autonomy.as_ref().map(|autonomy| autonomy.value),
            ticked: ticks
                .into_iter()
                .filter_map(|(at, done)| done.then_some(at))
                .collect(),
        }
    });
    Roles {
        scope: Scope::Plan,
        stewards: stewards.collect(),
        learners: learners.collect(),
    }
}

/// Numbers milestones in the plan's order among those of the same day.
pub fn numbered(milestones: impl Iterator<Item = (u16, bool)>) -> Vec<((u16, u16), bool)> {
    let mut numbered: Vec<((u16, u16), bool)> = Vec::new();
    for (day, done) in milestones {
        let same = numbered.iter().filter(|((other, _), _)| *other == day);
        let place = u16::try_from(same.count()).unwrap_or(u16::MAX);
        numbered.push(((day, place), done));
    }
    numbered
}

fn of_owners(owners: &CodeOwners, patterns: &HandlePatterns) -> Vec<Roles> {
    let mut all = Vec::new();
    for rule in owners.rules() {
        let mut roles = Roles {
            scope: Scope::Pattern(rule.pattern.to_owned()),
            stewards: Vec::new(),
            learners: Vec::new(),
        };
        for owner in &rule.owners {
            let Some(handle) = patterns.role_of(owner) else {
                continue;
            };
            let person = named(Identity::Handle(handle.person.to_owned()));
            match handle.role {
                HandleRole::Steward => roles.stewards.push(person),
                HandleRole::Apprentice => roles.learners.push(learner(person)),
            }
        }
        if !roles.stewards.is_empty() || !roles.learners.is_empty() {
            all.push(roles);
        }
    }
    all
}

fn of_catalog(text: &str) -> Vec<Roles> {
    let mut all = Vec::new();
    for entity in catalog_file::entities(text) {
        let people = |key: &str| {
            let annotations = entity.annotations.iter();
            let text = annotations
                .filter(|(name, _)| name == key)
                .map(|(_, text)| text);
            text.flat_map(|text| refs(text)).collect::<Vec<_>>()
        };
        let (stewards, learners) = (people(STEWARD), people(APPRENTICES));
        if stewards.is_empty() && learners.is_empty() {
            continue;
        }
        let namespace = entity.namespace.as_deref().unwrap_or("default");
        let service = format!("{}:{namespace}/{}", entity.kind, entity.name);
        if let Some(service) = EntityRef::parse(&service, "component") {
            all.push(Roles {
                scope: Scope::Service(service),
                stewards,
                learners: learners.into_iter().map(learner).collect(),
            });
        }
    }
    all
}

/// The people of an annotation, comma-separated, written as entity refs,
/// `@handles` or addresses.
fn refs(text: &str) -> impl Iterator<Item = PersonRef> {
    let written = text.split(',').map(str::trim).filter(|one| !one.is_empty());
    written.map(|written| {
        named(match written.strip_prefix('@') {
            Some(handle) => Identity::Handle(handle.to_owned()),
            None if written.contains('@') => Identity::Email(written.to_lowercase()),
            None => Identity::Entity(written.to_owned()),
        })
    })
}

fn named(identity: Identity) -> PersonRef {
    PersonRef {
        identity,
        written: String::new(),
        name: None,
        link: None,
    }
}

fn learner(person: PersonRef) -> Learner {
    Learner {
        person,
        autonomy: None,
        ticked: Vec::new(),
    }
}
