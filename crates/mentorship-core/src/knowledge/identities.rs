//! Identities of the history united into people, and bots told apart.

use super::folding::folded;
use super::log::{EventLog, IdentityNumber};
use std::collections::{BTreeMap, BTreeSet};

/// A person's number: people are ordered by their key, so that a tie broken by
/// number is broken by identity, whatever order the commits came in.
pub type PersonId = u32;

/// Somebody who authored, co-authored or reviewed a commit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// What identifies the person in this history: the smallest folded e-mail
    /// address, or the folded name where there is none.
    pub key: String,
    /// The name of the identity with the most commits.
    pub name: String,
    /// All e-mail addresses in lower case, in order.
    pub emails: Vec<String>,
    /// The other identities of the person and why they are the same person.
    pub merged_from: Vec<Merge>,
    /// Why this is no human being; `None` for a person.
    pub bot: Option<String>,
    /// Author time of the person's last commit, in seconds since 1970; `None`
    /// where only trailers name the person, or no date was readable.
    pub last_commit: Option<i64>,
    /// Commits authored, merges included.
    pub commits: u32,
}

/// An identity that was united with a person's main one.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Merge {
    /// The name as it stands in the commits.
    pub name: String,
    /// The e-mail address as it stands in the commits.
    pub email: String,
    /// Why it is the same person.
    pub reason: MergeReason,
}

/// Why two identities are one person. Mailmap is applied by git before the
/// history arrives here and leaves no trace in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum MergeReason {
    /// A configured alias says so.
    Alias,
    /// The e-mail addresses are equal but for case and accents.
    SameEmail,
    /// The code host's no-reply addresses carry the same login.
    SameNoReplyLogin,
    /// The full names are equal but for case, accents and blanks.
    SameName,
    /// Both belong to one user of the catalog.
    SameUser,
}

impl MergeReason {
    /// The reason in a few words.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Alias => "configured alias",
            Self::SameEmail => "same e-mail address",
            Self::SameNoReplyLogin => "same no-reply login",
            Self::SameName => "same full name",
            Self::SameUser => "same catalog user",
        }
    }
}

/// People known under several names and addresses: each group lists names and
/// e-mail addresses of one person.
pub type AliasGroups = Vec<Vec<String>>;

/// All people of a history and who is who.
#[derive(Debug, Clone, Default)]
pub(crate) struct People {
    pub(crate) all: Vec<Person>,
    /// The person of every identity, by [`IdentityNumber`].
    of_identity: Vec<PersonId>,
}

impl People {
    /// Unites the identities of `log`.
    ///
    /// Equal addresses and equal names are the same person, transitively; so
    /// are the names and addresses of an alias group, and those of one catalog
    /// user. Bots are never united with people. Names and addresses that
    /// machines hand out to everybody unite nobody.
    pub(crate) fn of(
        log: &EventLog,
        aliases: &AliasGroups,
        users: &AliasGroups,
        bots: &BotPatterns,
    ) -> Self {
        let identities = folded_identities(log, bots);
        let alias_groups = AliasIndex::new(aliases, users);
        let mut groups = Groups::new(identities.len());
        let mut first_with: BTreeMap<(bool, Trait<'_>), usize> = BTreeMap::new();
        for (number, identity) in identities.iter().enumerate() {
            for shared in identity.traits(&alias_groups) {
                let first = first_with
                    .entry((identity.bot.is_some(), shared))
                    .or_insert(number);
                groups.unite(*first, number);
            }
        }
        let mut members: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for number in 0..identities.len() {
            members.entry(groups.root(number)).or_default().push(number);
        }
        let mut people: Vec<(Person, Vec<usize>)> = members
            .into_values()
            .map(|members| (person(&members, &identities, &alias_groups), members))
            .collect();
        people.sort_by(|(a, _), (b, _)| {
            (&a.key, &a.name, &a.emails).cmp(&(&b.key, &b.name, &b.emails))
        });

        let mut of_identity = vec![0; identities.len()];
        let mut all = Vec::with_capacity(people.len());
        for (id, (person, members)) in (0..).zip(people) {
            for member in members {
                if let Some(place) = of_identity.get_mut(member) {
                    *place = id;
                }
            }
            all.push(person);
        }
        Self { all, of_identity }
    }

    /// The person behind an identity of the same log.
    pub(crate) fn of_identity(&self, identity: IdentityNumber) -> PersonId {
        self.of_identity
            .get(identity as usize)
            .copied()
            .unwrap_or_default()
    }

    pub(crate) fn get(&self, id: PersonId) -> Option<&Person> {
        self.all.get(id as usize)
    }

    pub(crate) fn is_bot(&self, id: PersonId) -> bool {
        self.get(id).is_some_and(|person| person.bot.is_some())
    }
}

/// Patterns for the names and addresses of bots.
///
/// A pattern is compared without regard to case or accents with the whole
/// name, the whole address and the part before its `@`; `*` stands for any
/// characters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BotPatterns(Vec<String>);

/// Who signs commits without being anybody.
const KNOWN_BOTS: [&str; 17] = [
    "*[bot]",
    "*[bot]@users.noreply.github.com",
    "dependabot",
    "dependabot-preview",
    "renovate-bot",
    "renovatebot",
    "greenkeeper*",
    "snyk-bot",
    "pyup-bot",
    "imgbot*",
    "allcontributors",
    "github-actions",
    "gitlab-bot",
    "semantic-release-bot",
    "k8s-ci-robot",
    "pre-commit-ci",
    "web-flow",
];

impl Default for BotPatterns {
    fn default() -> Self {
        Self::new(KNOWN_BOTS)
    }
}

impl BotPatterns {
    /// Exactly these patterns.
    pub fn new<'a>(patterns: impl IntoIterator<Item = &'a str>) -> Self {
        Self(
            patterns
                .into_iter()
                .map(|pattern| folded(pattern.as_bytes()))
                .collect(),
        )
    }

    /// The well-known bots and these patterns.
    pub fn with<'a>(patterns: impl IntoIterator<Item = &'a str>) -> Self {
        let mut all = Self::default();
        all.0.extend(Self::new(patterns).0);
        all
    }

    /// The first pattern that matches a folded name or address.
    fn matching(&self, name: &str, email: &str) -> Option<&str> {
        let local_part = email.split('@').next().unwrap_or_default();
        let matches = |pattern: &&String| {
            [name, email, local_part]
                .iter()
                .any(|text| matches_wildcards(pattern.as_bytes(), text.as_bytes()))
        };
        self.0.iter().find(matches).map(String::as_str)
    }
}

/// `*` stands for any bytes. Linear in the text for each `*`, never exponential.
fn matches_wildcards(pattern: &[u8], text: &[u8]) -> bool {
    let mut pieces = pattern.split(|&byte| byte == b'*');
    let first = pieces.next().unwrap_or_default();
    let Some(mut rest) = text.strip_prefix(first) else {
        return false;
    };
    let mut pieces = pieces.peekable();
    if pieces.peek().is_none() {
        return rest.is_empty();
    }
    while let Some(piece) = pieces.next() {
        if pieces.peek().is_none() {
            return rest.ends_with(piece);
        }
        match memchr::memmem::find(rest, piece) {
            Some(at) => rest = rest.get(at + piece.len()..).unwrap_or_default(),
            None => return false,
        }
    }
    true
}

/// One identity as it is compared.
struct FoldedIdentity {
    name: String,
    email: String,
    folded_name: String,
    folded_email: String,
    /// The address with a no-reply login's numeric prefix taken off.
    login_email: String,
    bot: Option<String>,
    commits: u32,
    last_commit: Option<i64>,
}

/// What two identities of one person have in common.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Trait<'a> {
    Alias(usize),
    Email(&'a str),
    Name(&'a str),
}

impl FoldedIdentity {
    fn traits(&self, aliases: &AliasIndex) -> Vec<Trait<'_>> {
        let mut traits: Vec<Trait<'_>> = aliases.groups_of(self).map(Trait::Alias).collect();
        if !is_placeholder(&self.login_email) {
            traits.push(Trait::Email(&self.login_email));
        }
        if !is_placeholder(&self.folded_name) {
            traits.push(Trait::Name(&self.folded_name));
        }
        traits
    }

    fn key(&self) -> (bool, &str) {
        match self.folded_email.as_str() {
            "" => (true, &self.folded_name),
            email => (false, email),
        }
    }
}

/// Names and addresses that do not tell one person from another.
const PLACEHOLDERS: [&str; 20] = [
    "",
    "(no author)",
    "(no author)@(no author)",
    "anonymous",
    "author",
    "devnull@localhost",
    "git",
    "name",
    "no name",
    "no@email",
    "nobody",
    "none",
    "none@none",
    "root",
    "root@localhost",
    "ubuntu",
    "unknown",
    "user",
    "you@example.com",
    "your name",
];

fn is_placeholder(folded: &str) -> bool {
    PLACEHOLDERS.contains(&folded)
}

fn folded_identities(log: &EventLog, bots: &BotPatterns) -> Vec<FoldedIdentity> {
    let mut all: Vec<FoldedIdentity> = (0..log.identities.len())
        .map(|number| {
            let text = log
                .identities
                .get(u32::try_from(number).unwrap_or(u32::MAX));
            let split = memchr::memchr(0, text).unwrap_or(text.len());
            let (name, email) = text.split_at(split);
            let email = email.get(1..).unwrap_or_default();
            let (folded_name, folded_email) = (folded(name), folded(email));
            let bot = bots
                .matching(&folded_name, &folded_email)
                .map(str::to_owned);
            FoldedIdentity {
                name: String::from_utf8_lossy(name).into_owned(),
                email: String::from_utf8_lossy(email).into_owned(),
                login_email: without_account_number(&folded_email).to_owned(),
                folded_name,
                folded_email,
                bot,
                commits: 0,
                last_commit: None,
            }
        })
        .collect();
    for commit in &log.commits {
        if let Some(identity) = all.get_mut(commit.author as usize) {
            identity.commits += 1;
            let readable = (commit.time != super::log::UNKNOWN_TIME).then_some(commit.time);
            identity.last_commit = identity.last_commit.max(readable);
        }
    }
    all
}

/// GitHub's no-reply addresses are `login@…` or `number+login@…`.
fn without_account_number(email: &str) -> &str {
    if !email.ends_with("@users.noreply.github.com") {
        return email;
    }
    match email.split_once('+') {
        Some((number, rest)) if number.bytes().all(|byte| byte.is_ascii_digit()) => rest,
        _ => email,
    }
}

/// The groups that a folded name or address belongs to.
struct AliasIndex {
    groups: BTreeMap<String, BTreeSet<usize>>,
    /// Groups before this one are configured, the others are catalog users.
    configured: usize,
}

impl AliasIndex {
    fn new(aliases: &AliasGroups, users: &AliasGroups) -> Self {
        let mut groups: BTreeMap<String, BTreeSet<usize>> = BTreeMap::new();
        for (number, group) in aliases.iter().chain(users).enumerate() {
            for text in group {
                groups
                    .entry(folded(text.as_bytes()))
                    .or_default()
                    .insert(number);
            }
        }
        Self {
            groups,
            configured: aliases.len(),
        }
    }

    fn groups_of(&self, identity: &FoldedIdentity) -> impl Iterator<Item = usize> {
        [&identity.folded_name, &identity.folded_email]
            .into_iter()
            .filter_map(|text| self.groups.get(text))
            .flatten()
            .copied()
    }
}

fn person(members: &[usize], identities: &[FoldedIdentity], aliases: &AliasIndex) -> Person {
    let members: Vec<&FoldedIdentity> = members
        .iter()
        .filter_map(|&member| identities.get(member))
        .collect();
    // More commits first, then a name before none, then by bytes.
    let main = members.iter().copied().min_by(|a, b| {
        b.commits
            .cmp(&a.commits)
            .then_with(|| a.name.is_empty().cmp(&b.name.is_empty()))
            .then_with(|| (&a.name, &a.email).cmp(&(&b.name, &b.email)))
    });
    let mut merged_from: Vec<Merge> = members
        .iter()
        .filter(|member| main.is_some_and(|main| !std::ptr::eq(main, **member)))
        .map(|member| Merge {
            name: member.name.clone(),
            email: member.email.clone(),
            reason: merge_reason(member, main, &members, aliases),
        })
        .collect();
    merged_from.sort();
    let emails: BTreeSet<&str> = members
        .iter()
        .map(|member| member.folded_email.as_str())
        .filter(|email| !email.is_empty())
        .collect();
    let name = members
        .iter()
        .filter(|member| !member.name.is_empty())
        .min_by(|a, b| b.commits.cmp(&a.commits).then_with(|| a.name.cmp(&b.name)))
        .map(|member| member.name.clone());
    Person {
        key: members
            .iter()
            .map(|member| member.key())
            .min()
            .map(|(_, key)| key.to_owned())
            .unwrap_or_default(),
        name: name
            .or_else(|| main.map(|main| main.email.clone()))
            .unwrap_or_default(),
        emails: emails.into_iter().map(str::to_owned).collect(),
        merged_from,
        bot: members
            .iter()
            .find_map(|member| member.bot.as_ref())
            .map(|pattern| format!("matches the bot pattern `{pattern}`")),
        last_commit: members.iter().filter_map(|member| member.last_commit).max(),
        commits: members.iter().map(|member| member.commits).sum(),
    }
}

fn merge_reason(
    member: &FoldedIdentity,
    main: Option<&FoldedIdentity>,
    members: &[&FoldedIdentity],
    aliases: &AliasIndex,
) -> MergeReason {
    let mut groups = aliases.groups_of(member).peekable();
    let by_user = groups.peek().is_some();
    let by_alias = groups.any(|group| group < aliases.configured);
    let shares = |same: fn(&FoldedIdentity, &FoldedIdentity) -> bool| {
        members
            .iter()
            .any(|other| !std::ptr::eq(*other, member) && same(other, member))
    };
    if by_alias {
        MergeReason::Alias
    } else if shares(|a, b| a.folded_email == b.folded_email && !is_placeholder(&a.folded_email)) {
        MergeReason::SameEmail
    } else if shares(|a, b| a.login_email == b.login_email && !is_placeholder(&a.login_email)) {
        MergeReason::SameNoReplyLogin
    } else if by_user && main.is_some_and(|main| main.folded_name != member.folded_name) {
        // Equal names among the others do not tie them to the main identity.
        MergeReason::SameUser
    } else {
        MergeReason::SameName
    }
}

/// Disjoint sets with path halving.
struct Groups(Vec<usize>);

impl Groups {
    fn new(count: usize) -> Self {
        Self((0..count).collect())
    }

    fn parent(&self, number: usize) -> usize {
        self.0.get(number).copied().unwrap_or(number)
    }

    fn root(&mut self, mut number: usize) -> usize {
        while self.parent(number) != number {
            let grandparent = self.parent(self.parent(number));
            if let Some(place) = self.0.get_mut(number) {
                *place = grandparent;
            }
            number = grandparent;
        }
        number
    }

    fn unite(&mut self, a: usize, b: usize) {
        let (a, b) = (self.root(a), self.root(b));
        if let Some(place) = self.0.get_mut(a.max(b)) {
            *place = a.min(b);
        }
    }
}
