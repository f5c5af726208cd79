//! `codeowners --pairing`: which critical paths a steward and an apprentice own, as far
//! as the repository alone tells.

use std::collections::BTreeSet;
use std::path::Path;

use mentorship_core::evidence::owners::{
    CodeOwners, DeclaredOwners, Dialect, HandleRole, Owner, PairRoles, Pairing, pairing_of,
};
use mentorship_core::evidence::path_patterns::{LetterCase, PathPatterns};
use mentorship_core::evidence::plan::{self, Identity, PersonRef, Plan};
use mentorship_core::policy::Policy;

use super::Arguments;
use crate::exit::{Exit, Failure, unless_closed};
use crate::git::GitRepository;
use crate::policy;
use crate::show::{self, AnswerFormat};
use crate::stderr::Stderr;

/// Reads owners and roles, and answers pattern by pattern.
pub(super) fn run(
    arguments: &Arguments,
    given: &[String],
    stderr: &Stderr,
) -> Result<Exit, Failure> {
    let policy = policy::policy(arguments.policy.as_deref())?;
    let repository = GitRepository::around(Path::new(".")).map_err(Failure::Nothing)?;
    let repository = repository.repository;
    let paths: Vec<String> = repository.paths().into_iter().collect();
    let (critical, by_default) = match given {
        [] => (policy.critical_paths.as_slice(), true),
        given => (given, false),
    };
    let (patterns, notes) =
        PathPatterns::parse(critical.iter().map(String::as_str), LetterCase::Sensitive);
    for note in notes {
        stderr.tell("critical paths", &note.message);
    }
    let matching = paths.iter().filter(|path| patterns.matches(path));
    let matching: Vec<String> = matching.cloned().collect();
    let mut roles = Roles::named(arguments);
    match plan_at_top(&paths, &policy) {
        Some(path) => roles.add(&read_plan(repository.folder(), path)?),
        None => stderr.tell(
            "roles",
            "no plan is at the top of the repository: only those that --steward, --apprentice \
             and the policy's handles say have a role",
        ),
    }
    let files: Vec<(&str, &str)> = matching.iter().map(|path| (&**path, &**path)).collect();
    // Without a file there is nobody to ask for its owners.
    let owners = match files.is_empty() {
        true => DeclaredOwners::File(Box::new(CodeOwners::parse(b"", Dialect::GitHub).owners)),
        false => super::owners(arguments, &matching, stderr)?,
    };
    let mut found = pairing_of(&owners, &patterns, &files, &mut |owner| {
        roles.of(owner, &policy)
    });
    // Nobody asked for the policy's patterns that match nothing here.
    found.retain(|path| !by_default || path.pairing() != Pairing::NoFiles);
    let answer = show::owners::pairing(critical, &found);
    stderr.done();
    unless_closed(match arguments.format() {
        AnswerFormat::Table => show::owners::pairing_table(&answer),
        AnswerFormat::Markdown => show::owners::pairing_markdown(&answer),
        AnswerFormat::Json => show::json(&answer),
    })?;
    Ok(Exit::Good)
}

/// Logins of those who are a steward or an apprentice, in lower case.
struct Roles {
    stewards: BTreeSet<String>,
    apprentices: BTreeSet<String>,
}

impl Roles {
    /// Those whom the command line names.
    fn named(arguments: &Arguments) -> Self {
        let logins = |handles: &[String]| handles.iter().map(|handle| login(handle)).collect();
        Self {
            stewards: logins(&arguments.steward),
            apprentices: logins(&arguments.apprentice),
        }
    }

    /// Those of a plan.
    fn add(&mut self, plan: &Plan) {
        let stewards = plan.steward.iter().map(|named| &named.value);
        let apprentices = plan.apprentices.iter().map(|one| &one.person);
        self.stewards.extend(stewards.filter_map(login_of));
        self.apprentices.extend(apprentices.filter_map(login_of));
    }

    fn of(&self, owner: &Owner, policy: &Policy) -> PairRoles {
        let patterns = policy.role_handles.patterns();
        let by_handle = patterns.role_of(owner).map(|handle| handle.role);
        let known = owner.login().map(login).unwrap_or_default();
        PairRoles {
            steward: by_handle == Some(HandleRole::Steward) || self.stewards.contains(&known),
            apprentice: by_handle == Some(HandleRole::Apprentice)
                || self.apprentices.contains(&known),
        }
    }
}

/// The plan that speaks for the whole repository, where there is one.
fn plan_at_top<'paths>(paths: &'paths [String], policy: &Policy) -> Option<&'paths str> {
    // What does not read is told where the policy is.
    let (plans, _) = PathPatterns::parse(
        policy.plan_paths.iter().map(String::as_str),
        LetterCase::Insensitive,
    );
    let at_top = |path: &&str| plans.matches(path) && path.matches('/').count() < 2;
    let paths = paths.iter().map(String::as_str);
    paths.filter(at_top).min_by_key(|path| path.len())
}

fn read_plan(root: &Path, path: &str) -> Result<Plan, Failure> {
    let text = std::fs::read(root.join(path)).map_err(|error| {
        Failure::Nothing(format!(
            "cannot read {path}, which says who has which role: {error}"
        ))
    })?;
    Ok(plan::parse(&text).value)
}

fn login(handle: &str) -> String {
    handle.trim_start_matches('@').to_lowercase()
}

/// The login that a plan's handle or user ref says; an address or a name says none.
fn login_of(person: &PersonRef) -> Option<String> {
    match &person.identity {
        Identity::Handle(handle) => Some(login(handle)),
        Identity::Entity(entity) => Some(login(entity.rsplit(['/', ':']).next()?)),
        Identity::Email(_) | Identity::Name(_) => None,
    }
}
