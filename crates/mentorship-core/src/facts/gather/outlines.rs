//! Outlines: all that the judgement can tell of a service of which nothing is known
//! but its catalog entity.
//!
//! Such services differ by very little: who is named and who has left, a day, a few
//! answers of yes and no. Services with one outline are judged alike, so that one
//! of them is judged for all. Everything here is made by the functions that gather
//! facts, once for each text that services share.

use super::catalog_entry::{self, Leads};
use super::{LinkKind, link_kind, roles, service_of, tier, yes_or_no};
use crate::civil_date::CivilDate;
use crate::evidence::catalog::{Annotation, RefNumber, Row, Services, Symbol};
use crate::facts::{Exemption, OwnerFact, read_exemptions};
use crate::organisation::Organisation;
use crate::policy::Policy;
use crate::readings::enrolment::takes_part;
use mentorship_symbols::intern::Interner;

/// What tells such services apart whatever the day: a service is judged by this and by
/// what [`Outlined`] says beside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Outline {
    enrolled: Option<bool>,
    is_selected: bool,
    steward: Presence,
    backup: Presence,
    program_owner: Presence,
    carries_role: bool,
    /// Declared maintainers who are there; `None` where nobody is declared.
    declared: Option<u16>,
    /// Apprentices who are there, no more than are asked for; `None` where nobody is
    /// named.
    learning: Option<u16>,
    links_runbook: bool,
    links_walkthrough: bool,
    entry: Entry,
}

/// A service as its outline, and what a day makes of it.
#[derive(Debug, Clone, Copy)]
pub struct Outlined {
    /// The outline.
    pub outline: Outline,
    /// Since when the steward is steward: the number of a day, 0 where none is known.
    pub since: u32,
    /// The number of the steward, 0 where nobody is.
    pub steward: u32,
    /// The number of what rules are excused, 0 where none is.
    pub excused: u32,
}

/// Whether somebody holds a role.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Presence {
    Nobody,
    Left,
    There,
}

/// An owner as far as rules tell owners apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Owner {
    Lacking,
    Known,
    NotCompared,
}

/// Whether a catalog entry says what somebody needs at night: what it lacks is told in
/// sentences alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Entry {
    Lacking,
    Whole,
    /// But for an owner whom nothing can be compared with.
    NotCompared,
}

/// Makes outlines, and remembers what it made of each text.
#[derive(Debug)]
pub struct Outliner<'a> {
    services: &'a Services,
    organisation: &'a Organisation,
    policy: &'a Policy,
    /// People by the text that names them: the same few stand in many lists.
    people: Memo,
    /// Nobody first.
    named: Vec<Option<Named>>,
    /// Who holds the roles of a service, kept from one to the next.
    holders: [Vec<Named>; ROLES.len()],
    /// People by their identities.
    identities: Interner,
    /// The days, the first of them for none.
    since: Vec<Option<CivilDate>>,
    since_by_text: Memo,
    flags: Memo,
    /// Exemptions, the first of them none.
    excused: Vec<Vec<Exemption>>,
    excused_by_text: Memo,
    keys: Memo,
    links: Memo,
    owners: Memo,
}

/// The annotations that name people.
const ROLES: [Annotation; 5] = [
    Annotation::Steward,
    Annotation::Backup,
    Annotation::ProgramOwner,
    Annotation::Maintainers,
    Annotation::Apprentices,
];

/// What was made of each text, by its number: a number itself, from 1 on.
#[derive(Debug, Default)]
struct Memo(Vec<u32>);

impl Memo {
    fn get_or(&mut self, text: usize, make: impl FnOnce() -> u32) -> u32 {
        if let Some(known) = self.0.get(text).and_then(|known| known.checked_sub(1)) {
            return known;
        }
        let made = make();
        if self.0.len() <= text {
            self.0.resize(text + 1, 0);
        }
        if let Some(place) = self.0.get_mut(text) {
            *place = made + 1;
        }
        made
    }
}

/// Somebody whom a text names.
#[derive(Debug, Clone, Copy)]
struct Named {
    number: u32,
    left: bool,
}

/// What the links of a service lead to.
#[derive(Debug, Clone, Copy, Default)]
struct Links {
    leads: Leads,
    runbook: bool,
    walkthrough: bool,
}

impl Links {
    fn of(leads: Leads) -> Self {
        Self {
            leads,
            ..Self::default()
        }
    }

    fn bits(self) -> u32 {
        let Leads {
            on_call,
            objectives,
            dashboard,
        } = self.leads;
        let all = [
            on_call,
            objectives,
            dashboard,
            self.runbook,
            self.walkthrough,
        ];
        all.iter().fold(0, |bits, set| bits << 1 | u32::from(*set))
    }

    fn of_bits(bits: u32) -> Self {
        let [on_call, objectives, dashboard, runbook, walkthrough] =
            [4, 3, 2, 1, 0].map(|place| bits >> place & 1 == 1);
        Self {
            leads: Leads {
                on_call,
                objectives,
                dashboard,
            },
            runbook,
            walkthrough,
        }
    }
}

impl<'a> Outliner<'a> {
    /// One that has made none.
    pub fn new(services: &'a Services, organisation: &'a Organisation, policy: &'a Policy) -> Self {
        Self {
            services,
            organisation,
            policy,
            people: Memo::default(),
            named: vec![None],
            holders: Default::default(),
            identities: Interner::default(),
            since: vec![None],
            since_by_text: Memo::default(),
            flags: Memo::default(),
            excused: vec![Vec::new()],
            excused_by_text: Memo::default(),
            keys: Memo::default(),
            links: Memo::default(),
            owners: Memo::default(),
        }
    }

    /// The outline of a service.
    pub fn outline(&mut self, number: u32) -> Option<Outlined> {
        let services = self.services;
        let row = services.row(number)?;
        let mut holders = std::mem::take(&mut self.holders);
        for (role, holders) in ROLES.into_iter().zip(&mut holders) {
            self.people(row.annotation(role), holders);
        }
        let [stewards, backups, program_owners, maintainers, apprentices] = &holders;
        let links = self.links(row.captions);
        let leads = links.leads.or(self.leads(row.keys));
        let since = self.since(row.annotation(Annotation::StewardSince));
        let owner = self.owner(row.owner);
        let enrolled = self.flag(row.annotation(Annotation::Enrolled));
        let excused = self.excused(row.annotation(Annotation::Exempt));
        let is_selected = self.is_selected(number, row);

        let leads_everywhere = leads.on_call && leads.objectives && leads.dashboard;
        let is_whole = !row.system.is_none() && row.says_dependencies && leads_everywhere;
        let target = self.policy.thresholds.apprentices_target;
        let steward = stewards.first().copied();
        let declared = [steward.as_slice(), backups, maintainers];
        let outline = Outline {
            enrolled,
            is_selected,
            steward: Presence::of(steward.as_slice()),
            backup: Presence::of(backups),
            program_owner: Presence::of(program_owners),
            carries_role: holders.iter().any(|holders| !holders.is_empty()),
            declared: there(declared),
            learning: there([apprentices]).map(|learning| learning.min(target)),
            links_runbook: links.runbook,
            links_walkthrough: links.walkthrough,
            entry: match owner {
                Owner::Known if is_whole => Entry::Whole,
                Owner::NotCompared if is_whole => Entry::NotCompared,
                Owner::Lacking | Owner::Known | Owner::NotCompared => Entry::Lacking,
            },
        };
        self.holders = holders;
        // Without a steward nobody asks since when.
        let since = if steward.is_some() { since } else { 0 };
        let steward = steward.map_or(0, |one| one.number + 1);
        let takes_part = outline.takes_part();
        Some(Outlined {
            outline: outline.as_far_as_it_counts(),
            since,
            steward,
            excused: if takes_part { excused } else { 0 },
        })
    }

    /// The days since when stewards are stewards, by their numbers.
    pub fn days(&self) -> &[Option<CivilDate>] {
        &self.since
    }

    /// What rules are excused, by numbers.
    pub fn exemptions(&self) -> &[Vec<Exemption>] {
        &self.excused
    }

    /// The identities of stewards, by their numbers from 1 on; others among them.
    pub fn into_identities(self) -> Interner {
        self.identities
    }

    /// Writes down whom a text names, each once.
    fn people(&mut self, text: Symbol, holders: &mut Vec<Named>) {
        holders.clear();
        for name in self.services.symbols().names(text) {
            if let Some(one) = self.person(name)
                && holders.iter().all(|other| other.number != one.number)
            {
                holders.push(one);
            }
        }
    }

    fn person(&mut self, name: Symbol) -> Option<Named> {
        let Self {
            named, identities, ..
        } = self;
        let symbols = self.services.symbols();
        let place = self.people.get_or(name.place(), || {
            let written = symbols
                .get(name)
                .and_then(|name| roles::listed(name).next());
            let person = written.map(|written| {
                let mention = roles::annotated_mention(written);
                self.organisation.person(mention, &self.policy.people)
            });
            let one = person.and_then(|person| {
                Some(Named {
                    number: identities.intern(person.identity().as_bytes())?,
                    left: person.left,
                })
            });
            if one.is_none() {
                return 0;
            }
            named.push(one);
            super::count(named.len() - 1)
        });
        self.named.get(place as usize).copied().flatten()
    }

    fn since(&mut self, text: Symbol) -> u32 {
        if text.is_none() {
            return 0;
        }
        let days = &mut self.since;
        let symbols = self.services.symbols();
        self.since_by_text.get_or(text.place(), || {
            let Some(day) = symbols.get(text).and_then(CivilDate::parse) else {
                return 0;
            };
            days.push(Some(day));
            super::count(days.len() - 1)
        })
    }

    fn flag(&mut self, text: Symbol) -> Option<bool> {
        if text.is_none() {
            return None;
        }
        let symbols = self.services.symbols();
        let flag = self.flags.get_or(text.place(), || {
            match symbols.get(text).and_then(yes_or_no) {
                None => 0,
                Some(false) => 1,
                Some(true) => 2,
            }
        });
        (flag > 0).then_some(flag == 2)
    }

    fn excused(&mut self, text: Symbol) -> u32 {
        if text.is_none() {
            return 0;
        }
        let all = &mut self.excused;
        let symbols = self.services.symbols();
        self.excused_by_text.get_or(text.place(), || {
            let (exemptions, _) = read_exemptions(symbols.get(text).unwrap_or_default());
            if exemptions.is_empty() {
                return 0;
            }
            all.push(exemptions);
            super::count(all.len() - 1)
        })
    }

    fn leads(&mut self, keys: Symbol) -> Leads {
        let symbols = self.services.symbols();
        let settings = &self.policy.catalog_annotations;
        let leads = self.keys.get_or(keys.place(), || {
            let leads = catalog_entry::leads_of_keys(symbols.keys(keys), settings);
            Links::of(leads).bits()
        });
        Links::of_bits(leads).leads
    }

    fn links(&mut self, captions: Symbol) -> Links {
        if captions.is_none() {
            return Links::default();
        }
        let symbols = self.services.symbols();
        Links::of_bits(self.links.get_or(captions.place(), || {
            let mut links = Links::default();
            for caption in symbols.captions(captions) {
                let kind = link_kind(&caption);
                links = Links {
                    leads: links.leads.or(catalog_entry::leads_of_link(&caption)),
                    runbook: links.runbook || kind == Some(LinkKind::Runbook),
                    walkthrough: links.walkthrough || kind == Some(LinkKind::Walkthrough),
                };
            }
            links.bits()
        }))
    }

    fn owner(&mut self, owner: RefNumber) -> Owner {
        let (symbols, organisation) = (self.services.symbols(), self.organisation);
        let owner = self.owners.get_or(owner.place(), || {
            match catalog_entry::owner(symbols.entity_of(owner), organisation) {
                OwnerFact::Nobody | OwnerFact::Placeholder(_) | OwnerFact::Gone(_) => 0,
                OwnerFact::Known(_) => 1,
                OwnerFact::NotCompared(_) => 2,
            }
        });
        match owner {
            0 => Owner::Lacking,
            1 => Owner::Known,
            _ => Owner::NotCompared,
        }
    }

    fn is_selected(&self, number: u32, row: &Row) -> bool {
        let program = &self.policy.program;
        if !program.asks_something() {
            return false;
        }
        let text = row.annotation(Annotation::Tier);
        let tier = self.services.symbols().get(text).and_then(tier);
        let entity = self.services.entity(number);
        entity.is_some_and(|entity| program.selects(&service_of(&entity, tier)))
    }
}

impl Outline {
    /// Whether the service counts among what its steward looks after.
    pub fn is_carried(&self) -> bool {
        self.enrolled != Some(false)
    }

    fn takes_part(&self) -> bool {
        takes_part(self.enrolled, self.is_selected, self.carries_role, false)
    }

    /// Where no rule is asked, nothing but the readings tells services apart.
    fn as_far_as_it_counts(self) -> Self {
        if self.takes_part() {
            return self;
        }
        Self {
            backup: Presence::Nobody,
            program_owner: Presence::Nobody,
            learning: self.learning.map(|_| 0),
            links_runbook: false,
            links_walkthrough: false,
            entry: Entry::Lacking,
            ..self
        }
    }
}

impl Presence {
    fn of(named: &[Named]) -> Self {
        if named.iter().any(|one| !one.left) {
            Self::There
        } else if named.is_empty() {
            Self::Nobody
        } else {
            Self::Left
        }
    }
}

/// How many of those who are named are there, each counted once as first named;
/// `None` where nobody is named.
fn there<const N: usize>(named: [&[Named]; N]) -> Option<u16> {
    let all = || named.iter().flat_map(|some| some.iter());
    all().next()?;
    let mut there = 0;
    for (place, one) in all().enumerate() {
        let mut before = all().take(place);
        if !one.left && before.all(|other| other.number != one.number) {
            there += 1;
        }
    }
    Some(there)
}
