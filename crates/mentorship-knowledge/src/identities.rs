//! Identities of the history united into people, and bots told apart.

use super::Settings;
use super::bots::{BotMatch, BotPatterns};
use super::folding::folded;
use super::log::{CommitNumber, EventLog, IdentityNumber, Trailer, UNKNOWN_TIME};
use super::person::{Merge, MergeReason, Person, PersonId};
use super::person_set::PersonSet;
use super::stream::TrailerRole;
use crate::stream::Identity;
use foldhash::fast::FixedState;
use hashbrown::HashMap;
use mentorship_texts::ordering::sort_by;
use std::borrow::Cow;

/// People known under several names and addresses: each group lists names and
/// e-mail addresses of one person.
pub type AliasGroups = Vec<Vec<String>>;

/// All people of a history and who is who.
#[derive(Debug, Clone, Default)]
pub(crate) struct People {
    pub(crate) all: Vec<Person>,
    /// The person of every identity, by [`IdentityNumber`].
    of_identity: Vec<PersonId>,
    bots: PersonSet,
}

impl People {
    /// Unites the identities of `log`.
    ///
    /// Equal addresses and equal names are the same person, transitively; so
    /// are the names and addresses of an alias group, and those of one catalog
    /// user. Bots are never united with people. Names and addresses that
    /// machines hand out to everybody unite nobody.
    pub(crate) fn of(log: &EventLog, settings: &Settings, users: &AliasGroups) -> Self {
        let identities = folded_identities(log, &settings.bots);
        let aliases = Aliases::of(&settings.aliases, users);
        let groups = united(&identities, &aliases);
        let members = |group: &[(u32, IdentityNumber)]| -> Vec<&FoldedIdentity<'_>> {
            let members = group.iter();
            members
                .filter_map(|&(_, member)| identities.get(member as usize))
                .collect()
        };
        let groups: Vec<&[(u32, IdentityNumber)]> =
            groups.chunk_by(|(a, _), (b, _)| a == b).collect();
        let mut people: Vec<Option<Person>> = groups
            .iter()
            .map(|group| Some(person(&members(group), &aliases)))
            .collect();
        let mut order: Vec<u32> = (0..).take(groups.len()).collect();
        sort_by(&mut order, |&a, &b| {
            let order = |group: u32| {
                let person = people.get(group as usize)?.as_ref()?;
                Some((&person.key, &person.name, &person.emails, group))
            };
            order(a).cmp(&order(b))
        });

        let mut of_identity = vec![0; identities.len()];
        let mut all = Vec::with_capacity(people.len());
        for (id, group) in (0..).zip(order) {
            for &(_, member) in groups.get(group as usize).copied().unwrap_or_default() {
                if let Some(place) = of_identity.get_mut(member as usize) {
                    *place = id;
                }
            }
            let person = people.get_mut(group as usize).and_then(Option::take);
            all.extend(person.map(|person| Person { id, ..person }));
        }
        Self {
            bots: PersonSet::of(&all, |person| person.bot.is_some()),
            all,
            of_identity,
        }
    }

    /// The person behind an identity of the same log.
    pub(crate) fn of_identity(&self, identity: IdentityNumber) -> PersonId {
        self.of_identity
            .get(identity as usize)
            .copied()
            .unwrap_or_default()
    }

    pub(crate) fn is_bot(&self, id: PersonId) -> bool {
        self.bots.contains(id)
    }

    /// The people whom a commit's trailers name in one role, each once, bots not.
    pub(crate) fn named_by_trailers(
        &self,
        log: &EventLog,
        commit: CommitNumber,
        role: TrailerRole,
    ) -> impl Iterator<Item = PersonId> {
        let trailers = log.trailers_of(commit);
        let person = move |trailer: &Trailer| {
            (trailer.role == role).then(|| self.of_identity(trailer.identity))
        };
        trailers
            .iter()
            .enumerate()
            .filter_map(move |(place, trailer)| {
                let named = person(trailer)?;
                let before = trailers.iter().take(place);
                let first = before.filter_map(person).all(|earlier| earlier != named);
                (first && !self.is_bot(named)).then_some(named)
            })
    }
}

/// One identity as it is compared.
struct FoldedIdentity<'a> {
    name: Cow<'a, str>,
    email: Cow<'a, str>,
    folded_name: Cow<'a, str>,
    folded_email: Cow<'a, str>,
    bot: Option<BotMatch<'a>>,
    commits: u32,
    last_commit: Option<i64>,
}

/// What two identities of one person have in common.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Trait<'a> {
    Alias(usize),
    Email(&'a str),
    Name(&'a str),
}

impl FoldedIdentity<'_> {
    fn traits<'s>(&'s self, aliases: &'s Aliases) -> impl Iterator<Item = Trait<'s>> {
        let distinct = |text: &str| !is_placeholder(text);
        let groups = aliases.groups_of(self).map(Trait::Alias);
        let email = Some(self.login_email()).filter(|email| distinct(email));
        let name = Some(&*self.folded_name).filter(|name| distinct(name));
        groups
            .chain(email.map(Trait::Email))
            .chain(name.map(Trait::Name))
    }

    /// The address with a no-reply login's numeric prefix taken off.
    fn login_email(&self) -> &str {
        without_account_number(&self.folded_email)
    }

    fn key(&self) -> (bool, &str) {
        match &*self.folded_email {
            "" => (true, &self.folded_name),
            email => (false, email),
        }
    }
}

/// The groups that a folded name or address belongs to.
struct Aliases {
    groups: HashMap<String, Vec<usize>, FixedState>,
    /// Groups before this one are configured, the others are catalog users.
    configured: usize,
}

impl Aliases {
    fn of(aliases: &AliasGroups, users: &AliasGroups) -> Self {
        let mut groups: HashMap<String, Vec<usize>, FixedState> = HashMap::default();
        for (number, group) in aliases.iter().chain(users).enumerate() {
            for text in group {
                let of_text = groups
                    .entry(folded(text.as_bytes()).into_owned())
                    .or_default();
                of_text.push(number);
            }
        }
        Self {
            groups,
            configured: aliases.len(),
        }
    }

    fn groups_of(&self, identity: &FoldedIdentity<'_>) -> impl Iterator<Item = usize> {
        let of_text = |text: &str| self.groups.get(text).map(Vec::as_slice);
        let by_name = of_text(&identity.folded_name).unwrap_or_default();
        let by_email = of_text(&identity.folded_email).unwrap_or_default();
        by_name.iter().chain(by_email).copied()
    }
}

/// Identities by the group that they are united in, as pairs of group and
/// identity in order.
fn united(identities: &[FoldedIdentity<'_>], aliases: &Aliases) -> Vec<(u32, IdentityNumber)> {
    let mut groups = Groups::new(identities.len());
    let mut first_with: HashMap<(bool, Trait<'_>), u32, FixedState> = HashMap::default();
    for (number, identity) in (0..).zip(identities) {
        for shared in identity.traits(aliases) {
            let first = first_with
                .entry((identity.bot.is_some(), shared))
                .or_insert(number);
            groups.unite(*first, number);
        }
    }
    let numbers = (0..).take(identities.len());
    let mut members: Vec<(u32, IdentityNumber)> = numbers
        .map(|number| (groups.root(number), number))
        .collect();
    sort_by(&mut members, Ord::cmp);
    members
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

/// Text of a commit as it may be shown anywhere: what is no UTF-8, steers a
/// terminal or turns the direction of what stands beside it is replaced.
fn harmless(text: &[u8]) -> Cow<'_, str> {
    let is_plain = text.iter().all(|byte| matches!(byte, b' '..=b'~'));
    let text = String::from_utf8_lossy(text);
    if is_plain {
        return text;
    }
    let harms = |character: char| {
        character.is_control()
            || matches!(character, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    match text.contains(harms) {
        true => Cow::Owned(text.replace(harms, "\u{fffd}")),
        false => text,
    }
}

fn folded_identities<'a>(log: &'a EventLog, bots: &'a BotPatterns) -> Vec<FoldedIdentity<'a>> {
    let bots = bots.compiled();
    let mut all: Vec<FoldedIdentity<'a>> = (0..log.identities.count())
        .map(|number| {
            let Identity { name, email } = Identity::of_joined(log.identities.get(number));
            let (folded_name, folded_email) = (folded(name), folded(email));
            FoldedIdentity {
                name: harmless(name),
                email: harmless(email),
                bot: bots.matching(name, &folded_name, &folded_email),
                folded_name,
                folded_email,
                commits: 0,
                last_commit: None,
            }
        })
        .collect();
    for commit in &log.commits {
        if let Some(identity) = all.get_mut(commit.author as usize) {
            identity.commits += 1;
            let readable = (commit.time != UNKNOWN_TIME).then_some(commit.time);
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

fn person(members: &[&FoldedIdentity<'_>], aliases: &Aliases) -> Person {
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
            name: member.name.clone().into_owned(),
            email: member.email.clone().into_owned(),
            reason: merge_reason(member, main, members, aliases),
        })
        .collect();
    sort_by(&mut merged_from, Ord::cmp);
    let name = members
        .iter()
        .filter(|member| !member.name.is_empty())
        .min_by(|a, b| b.commits.cmp(&a.commits).then_with(|| a.name.cmp(&b.name)))
        .map(|member| member.name.clone().into_owned());
    Person {
        // Given once everybody is in order.
        id: 0,
        key: members
            .iter()
            .map(|member| member.key())
            .min()
            .map(|(_, key)| key.to_owned())
            .unwrap_or_default(),
        name: name
            .or_else(|| main.map(|main| main.email.clone().into_owned()))
            .unwrap_or_default(),
        emails: emails(members),
        merged_from,
        bot: members.iter().find_map(|member| member.bot).map(reason),
        last_commit: members.iter().filter_map(|member| member.last_commit).max(),
        commits: members.iter().map(|member| member.commits).sum(),
    }
}

fn reason(bot: BotMatch<'_>) -> String {
    // A code host gives `[bot]` to nobody else.
    let otherwise = match bot.is_well_known && !bot.pattern.contains("[bot]") {
        true => ", and no alias in the policy says that it is a person",
        false => "",
    };
    format!("matches the bot pattern `{}`{otherwise}", bot.pattern)
}

/// Their addresses, each once, those of most commits first.
fn emails(members: &[&FoldedIdentity<'_>]) -> Vec<String> {
    let mut used: Vec<(&str, u32)> = members
        .iter()
        .map(|member| (&*member.folded_email, member.commits))
        .filter(|(email, _)| !email.is_empty())
        .collect();
    sort_by(&mut used, Ord::cmp);
    used.dedup_by(|(email, commits), before| {
        let again = *email == before.0;
        before.1 += if again { *commits } else { 0 };
        again
    });
    sort_by(&mut used, |(a, more), (b, less)| {
        less.cmp(more).then_with(|| a.cmp(b))
    });
    let emails = used.into_iter();
    emails.map(|(email, _)| email.to_owned()).collect()
}

fn merge_reason(
    member: &FoldedIdentity<'_>,
    main: Option<&FoldedIdentity<'_>>,
    members: &[&FoldedIdentity<'_>],
    aliases: &Aliases,
) -> MergeReason {
    let in_group = |from, to| {
        aliases
            .groups_of(member)
            .any(|group| (from..to).contains(&group))
    };
    let by_alias = in_group(0, aliases.configured);
    let by_user = in_group(aliases.configured, usize::MAX);
    let shares = |text: for<'b, 'c> fn(&'b FoldedIdentity<'c>) -> &'b str| {
        let own = text(member);
        let mut others = members
            .iter()
            .filter(|other| !std::ptr::eq(**other, member));
        !is_placeholder(own) && others.any(|other| text(other) == own)
    };
    if by_alias {
        MergeReason::Alias
    } else if shares(|identity| &identity.folded_email) {
        MergeReason::SameEmail
    } else if shares(|identity| identity.login_email()) {
        MergeReason::SameNoReplyLogin
    } else if by_user && main.is_some_and(|main| main.folded_name != member.folded_name) {
        // Equal names among the others do not tie them to the main identity.
        MergeReason::SameUser
    } else {
        MergeReason::SameName
    }
}

/// Disjoint sets with path halving.
struct Groups(Vec<u32>);

impl Groups {
    fn new(count: usize) -> Self {
        Self((0..).take(count).collect())
    }

    fn parent(&self, number: u32) -> u32 {
        self.0.get(number as usize).copied().unwrap_or(number)
    }

    fn root(&mut self, mut number: u32) -> u32 {
        while self.parent(number) != number {
            let grandparent = self.parent(self.parent(number));
            if let Some(place) = self.0.get_mut(number as usize) {
                *place = grandparent;
            }
            number = grandparent;
        }
        number
    }

    fn unite(&mut self, a: u32, b: u32) {
        let (a, b) = (self.root(a), self.root(b));
        if let Some(place) = self.0.get_mut(a.max(b) as usize) {
            *place = a.min(b);
        }
    }
}
