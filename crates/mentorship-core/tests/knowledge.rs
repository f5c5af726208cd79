//! What a history tells, on small histories written out by hand.
#![allow(clippy::unwrap_used, clippy::panic)]

mod knowledge_stream;

use knowledge_stream::{Change, Commit, DAY, add, delete, modify, name, rename, stream};
use mentorship_core::engine::history_settings;
use mentorship_core::knowledge::stream::HistoryError;
use mentorship_core::knowledge::{
    Exclusion, FileClass, FileFilter, FileLists, History, Loss, LossLimits, MergeReason, PersonSet,
    Reading, Readings, Scope, Settings, StateError, TreeLimits,
};
use mentorship_core::policy::Policy;

fn history_of(stream: &[u8], settings: Settings) -> History {
    let mut history = History::new(settings);
    history.push(stream);
    history.finish(None).unwrap();
    history
}

fn history(commits: &[Commit]) -> History {
    history_of(&stream(commits), Settings::default())
}

fn readings(history: &History) -> Readings {
    history.readings(&Scope::Repository, &PersonSet::nobody())
}

fn called(history: &History, name: &str) -> PersonSet {
    history.those(|person| person.name == name)
}

fn names<'a>(history: &'a History, reading: &Reading) -> Vec<(&'a str, u32)> {
    let people = reading.people.iter();
    people
        .map(|holder| {
            (
                history.people()[holder.person as usize].name.as_str(),
                holder.files,
            )
        })
        .collect()
}

fn living(history: &History) -> Vec<String> {
    let files = history.files();
    files
        .map(|(path, _)| String::from_utf8_lossy(path).into_owned())
        .collect()
}

#[test]
fn who_adds_and_changes_a_file_holds_it() {
    let history = history(&[
        Commit::new(0, "Ada", &[add("a.rs"), add("b.rs"), add("c.rs")]),
        Commit::new(1, "Ben", &[add("d.rs")]),
        Commit::new(2, "Ada", &[modify("a.rs")]),
    ]);
    let readings = readings(&history);
    assert_eq!(readings.authorship.bus_factor, Some(1));
    assert_eq!(
        names(&history, &readings.authorship),
        [("Ada", 3), ("Ben", 1)]
    );
    assert!((readings.authorship.coverage - 0.25).abs() < 1e-9);
    assert_eq!(readings.recent.bus_factor, Some(1));
    assert_eq!(readings.absence.bus_factor, Some(1));
    assert_eq!(names(&history, &readings.absence), [("Ada", 2), ("Ben", 1)]);
}

#[test]
fn those_who_left_are_struck_and_what_was_published_stands_beside() {
    let history = history(&[
        Commit::new(0, "Ada", &[add("a.rs"), add("b.rs"), add("c.rs")]),
        Commit::new(
            1,
            "Ben",
            &[add("d.rs"), add("e.rs"), add("f.rs"), add("g.rs")],
        ),
    ]);
    let reading = |left: &PersonSet| history.readings(&Scope::Repository, left).authorship;
    let one_left = reading(&called(&history, "Ada"));
    assert_eq!(
        (one_left.bus_factor, one_left.as_published),
        (Some(1), Some(1))
    );
    assert_eq!(one_left.files.orphaned, 3);
    assert_eq!(one_left.departed_share(), Some(3.0 / 7.0));
    assert!(one_left.people.iter().any(|holder| holder.left));
    let all_left = reading(&history.those(|_| true));
    assert_eq!(
        (all_left.bus_factor, all_left.as_published),
        (Some(0), Some(1))
    );
    assert_eq!(all_left.files.orphaned, 7);
    assert!(all_left.coverage.abs() < 1e-9);
}

#[test]
fn an_empty_history_has_nothing_to_count() {
    let mut history = History::new(Settings::default());
    let summary = history.finish(None).unwrap();
    assert_eq!((summary.commits, summary.files, summary.tip), (0, 0, None));
    let readings = readings(&history);
    for reading in [readings.authorship, readings.recent, readings.absence] {
        assert_eq!(reading.bus_factor, None);
        assert_eq!(reading.departed_share(), None);
    }
    assert_eq!(
        history
            .tree("", &TreeLimits::default(), &PersonSet::nobody())
            .files,
        0
    );
}

/// No prefix of a stream passes for a whole history: it is cut short, or it
/// ends before the last commit, or all that is missing is changes of the last
/// commit, which only git's exit status tells.
#[test]
fn a_stream_cut_at_any_byte_is_an_error() {
    let commits = [
        Commit::new(0, "Ada", &[add("a.rs"), add("b.rs")]),
        Commit::new(1, "Ben", &[rename("a.rs", "dir/a.rs"), modify("b.rs")]),
        Commit::new(2, "Ada", &[]),
        Commit::new(3, "Ben", &[delete("b.rs")]),
    ];
    let whole = stream(&commits);
    let without_last_changes = stream(&[&commits[..3], &[Commit::new(3, "Ben", &[])]].concat());
    for cut in 0..whole.len() {
        let mut history = History::new(Settings::default());
        history.push(&whole[..cut]);
        let result = history.finish(Some(&name(3)));
        if whole[..cut] == without_last_changes[..] {
            assert!(result.is_ok());
            continue;
        }
        match result.unwrap_err() {
            HistoryError::CutShort { at_byte, .. } => assert_eq!(at_byte, cut as u64),
            HistoryError::OtherTip { expected, found } => {
                assert_eq!(expected, name(3));
                assert_ne!(found, Some(name(3)));
            }
            other => panic!("{other:?} at {cut}"),
        }
    }
}

#[test]
fn unreadable_bytes_are_located() {
    let mut bytes = stream(&[Commit::new(0, "Ada", &[add("a.rs")])]);
    let good = bytes.len() as u64;
    bytes.extend_from_slice(b"fatal: bad object\0M\0b.rs\0");
    let mut history = History::new(Settings::default());
    history.push(&bytes);
    let error = history.finish(None).unwrap_err();
    assert!(
        matches!(error, HistoryError::Garbled { at_byte, .. } if at_byte == good),
        "{error}"
    );
    for not_a_history in [
        "fatal: not a git repository\0",
        "\u{1e}abc\u{1f}\0",
        "A\0a.rs\0",
    ] {
        let mut history = History::new(Settings::default());
        history.push(not_a_history.as_bytes());
        assert!(matches!(
            history.finish(None),
            Err(HistoryError::Garbled { at_byte: 0, .. })
        ));
    }
}

#[test]
fn names_and_paths_may_be_any_bytes() {
    let mut bytes = Vec::new();
    bytes.extend_from_slice(b"\x1e0123456789012345678901234567890123456789\x1f\x1f0\x1f");
    bytes.extend_from_slice(b"J\xf6rn \xe2\x80\xae\x1fJ\xf6rn@example.org\x1f\0");
    bytes.extend_from_slice(b"\nA\0caf\xe9 \x1e\n.rb\0A\0\xe2\x80\xaegpj.rs\0");
    let history = history_of(&bytes, Settings::default());
    let reading = readings(&history).authorship;
    assert_eq!((reading.bus_factor, reading.files.counted), (Some(1), 2));
    assert_eq!(
        living(&history),
        ["caf\u{fffd} \u{1e}\n.rb", "\u{202e}gpj.rs"]
    );
}

#[test]
fn odd_dates_neither_hide_nor_invent_work() {
    let now = 20_000 * DAY;
    let commits = [
        Commit::new(0, "Ada", &[add("a.rs")]).at(-5 * 365 * DAY),
        Commit::new(1, "Ben", &[add("b.rs")]).at(now + 80 * 365 * DAY),
        Commit::new(2, "Cleo", &[add("c.rs")]).at(i64::MAX),
        Commit::new(3, "Dan", &[add("d.rs")]).at(now),
    ];
    let history = history(&commits);
    let readings = readings(&history);
    assert_eq!(readings.recent.last_commit, now);
    assert_eq!(
        readings.recent.files.counted, 3,
        "1965 is outside the window"
    );
    assert_eq!(readings.authorship.files.counted, 4);
    let undated = String::from_utf8(stream(&commits)).unwrap();
    let undated = undated.replace(&format!("\u{1f}{now}\u{1f}"), "\u{1f}\u{1f}");
    let mut history = History::new(Settings {
        today: Some(now),
        ..Settings::default()
    });
    history.push(undated.as_bytes());
    let summary = history.finish(None).unwrap();
    assert_eq!(
        summary.notes,
        [
            "1 commit without a readable date, outside every window",
            "2 commits dated over a day after the last one, taken for as fresh as it",
        ]
    );
    let readings = history.readings(&Scope::Repository, &PersonSet::nobody());
    assert_eq!(readings.recent.last_commit, now, "not after today");
}

#[test]
fn identities_are_united_and_say_why() {
    let identities = [
        ("Ada Lovelace", "ada@work.example"),
        ("ada", "ADA@work.example"),
        ("Ada  Lovelace", "ada@home.example"),
        ("Ádá LOVELACE", "countess@example.org"),
        ("al", "41+al@users.noreply.github.com"),
        ("al-two", "al@users.noreply.github.com"),
        ("root", "root@one.example"),
        ("root", "root@two.example"),
        ("Old Name", "old@example.org"),
    ];
    let mut bytes = Vec::new();
    for (number, (person, email)) in (0..).zip(identities) {
        let header = format!(
            "\u{1e}{}\u{1f}\u{1f}0\u{1f}{person}\u{1f}{email}\u{1f}\0",
            name(number)
        );
        bytes.extend_from_slice(header.as_bytes());
    }
    let settings = Settings {
        aliases: vec![vec!["al".to_owned(), "old@example.org".to_owned()]],
        ..Settings::default()
    };
    let history = history_of(&bytes, settings);
    let people: Vec<(&str, usize)> = history
        .people()
        .iter()
        .map(|person| (person.key.as_str(), person.merged_from.len()))
        .collect();
    assert_eq!(
        people,
        [
            ("41+al@users.noreply.github.com", 2),
            ("ada@home.example", 3),
            ("root@one.example", 0),
            ("root@two.example", 0),
        ]
    );
    let reasons = |person: usize| {
        let merges = history.people()[person].merged_from.iter();
        merges.map(|merge| merge.reason).collect::<Vec<_>>()
    };
    assert_eq!(
        reasons(0),
        [MergeReason::Alias, MergeReason::SameNoReplyLogin]
    );
    assert_eq!(
        reasons(1),
        [
            MergeReason::SameEmail,
            MergeReason::SameEmail,
            MergeReason::SameName
        ]
    );
}

#[test]
fn users_of_a_catalog_are_one_person_and_the_merge_says_why() {
    let mut history = history(&[
        Commit::new(0, "Ada Lovelace", &[add("a.rs"), add("b.rs")]),
        Commit::new(1, "countess", &[modify("a.rs")]),
        Commit::new(2, "countess[bot]", &[modify("b.rs")]),
    ]);
    assert_eq!(history.people().len(), 3);
    history.unite(&|_| Some("user:default/ada".to_owned()));
    let people = history.people();
    assert_eq!(people.len(), 2, "a bot stays a bot");
    let merges: Vec<_> = people[0]
        .merged_from
        .iter()
        .map(|merge| merge.reason)
        .collect();
    assert_eq!(merges, [MergeReason::SameUser]);
    assert_eq!(
        names(&history, &readings(&history).absence),
        [(people[0].name.as_str(), 2)]
    );
}

#[test]
fn bots_hold_nothing() {
    let history = history(&[
        Commit::new(0, "dependabot[bot]", &[add("lock.rs"), add("a.rs")]),
        Commit::new(1, "Ada", &[modify("a.rs")]),
    ]);
    let reading = readings(&history).authorship;
    assert_eq!(names(&history, &reading), [("Ada", 1)]);
    assert_eq!(reading.files.excluded, [(Exclusion::NobodysWork, 1)]);
    assert_eq!(
        history.people()[1].bot.as_deref(),
        Some("matches the bot pattern `*[bot]`")
    );
    let history = self::history(&[Commit::new(0, "Le Bot", &[add("a.rs")])]);
    assert_eq!(
        history.people()[0].bot.as_deref(),
        Some(
            "matches the bot pattern `* bot`, and no alias in the policy says that it is a person"
        )
    );
}

#[test]
fn whom_the_policy_names_is_a_person_whatever_they_are_called() {
    let is_bot = |bots: &str| {
        let people = format!(
            r#"{{"people": {{"aliases": {{"Lé BOT": "user:default/le", "noreply@harbour.example": "user:default/ada",
                "HarbourBot": "user:default/eve"}}, "bots": [{bots}]}}}}"#
        );
        let policy = Policy::from_json(&people).unwrap();
        let commit = |day, name| Commit::new(day, name, &[add("a.rs")]);
        let text = stream(&[
            commit(0, "Le Bot"),
            commit(1, "HarbourBot"),
            commit(2, "Ada"),
            commit(3, "Bot"),
        ]);
        let text = String::from_utf8(text).unwrap();
        let text = text.replace("ada@example.org", "noreply@harbour.example");
        let history = history_of(text.as_bytes(), history_settings(&policy));
        let people = history.people().iter();
        let bots = people.filter(|person| person.bot.is_some());
        bots.map(|person| person.name.clone()).collect::<Vec<_>>()
    };
    assert_eq!(is_bot(""), ["Bot"]);
    // What the policy itself takes for a machine stays one.
    assert_eq!(is_bot(r#""harbour*""#), ["Bot", "HarbourBot"]);
}

#[test]
fn programs_that_say_so_in_their_name_hold_nothing() {
    for (name, bot) in [
        ("Renovate Bot", true),
        ("release-bot", true),
        ("Prow Robot", true),
        ("platform-ci", true),
        ("GitHub Actions", true),
        ("harbour-robot-ci-2", true),
        ("Harbour CI Robot 3", true),
        ("Transifex-Harbour", true),
        ("Hosted Weblate", true),
        ("Platform Team Machine User", true),
        ("harbour service account", true),
        ("Ann's AI Agent", true),
        ("The Harbour Badger", true),
        ("Deployment Bot (from Harbour CI)", true),
        ("HarbourBot", true),
        ("harbourmachine", true),
        ("Harbour Machine", true),
        ("harbour-admin", true),
        ("Harbour Admin", true),
        ("automatic harbour administrator", true),
        ("The Harbour Team", true),
        ("Jenkins", true),
        ("Travis CI User", true),
        ("machine424", false),
        ("Travis", false),
        ("(Admin) Ann Lee", false),
        ("Admina", false),
        ("harbourbot", false),
        ("ANN ABBOT", false),
        ("Ann Jenkins", false),
        ("Travis Cross", false),
        ("Rabot", false),
        ("Ann Talbot", false),
        ("Abbott", false),
        ("Lucie", false),
    ] {
        let history = history(&[Commit::new(0, name, &[add("a.rs")])]);
        assert_eq!(history.people()[0].bot.is_some(), bot, "{name}");
    }
}

#[test]
fn an_address_that_nobody_reads_is_no_persons() {
    for (address, bot) in [
        ("noreply@harbour-ai.example", true),
        ("no-reply@harbour.example", true),
        ("bot+ada@harbour.example", true),
        ("ada@users.noreply.github.com", false),
        ("ada@noreply.harbour.example", false),
    ] {
        let text = stream(&[Commit::new(0, "Ada", &[add("a.rs")])]);
        let text = String::from_utf8(text).unwrap();
        let text = text.replace("ada@example.org", address);
        let history = history_of(text.as_bytes(), Settings::default());
        assert_eq!(history.people()[0].bot.is_some(), bot, "{address}");
    }
}

#[test]
fn ignored_revisions_count_for_nobody_but_move_files() {
    let commits = [
        Commit::new(0, "Ada", &[add("a.rs"), add("b.rs")]),
        Commit::new(1, "Zoe", &[rename("a.rs", "src/a.rs"), modify("b.rs")]),
    ];
    let mut settings = Settings::default();
    settings.ignore_revisions(&format!("# reformat everything\n{} # really\n\n", name(1)));
    let history = history_of(&stream(&commits), settings);
    let readings = readings(&history);
    assert_eq!(living(&history), ["b.rs", "src/a.rs"]);
    for reading in [&readings.authorship, &readings.recent] {
        assert_eq!(names(&history, reading), [("Ada", 2)]);
    }
    assert_eq!(names(&history, &readings.absence), [("Ada", 1)]);
}

#[test]
fn co_authors_count_for_recent_and_absence_only() {
    let mut commit = Commit::new(0, "Ada", &[add("a.rs")]);
    commit.co_authors = ["Ben", "Ben", "Ada", "renovate[bot]"]
        .map(str::to_owned)
        .to_vec();
    let history = history(&[commit, Commit::new(1, "Ada", &[modify("a.rs")])]);
    let readings = readings(&history);
    assert_eq!(names(&history, &readings.authorship), [("Ada", 1)]);
    assert_eq!(names(&history, &readings.absence), [("Ada", 2), ("Ben", 1)]);
}

#[test]
fn several_people_in_one_trailer_are_several() {
    let mut commit = Commit::new(0, "Ada", &[add("a.rs")]);
    commit.co_authors = ["Ben", "Cyd", "Dee"].map(str::to_owned).to_vec();
    let one_each = stream(&[commit]);
    let told = |stream: &[u8]| {
        let history = history_of(stream, Settings::default());
        let names = history.people().iter();
        let names: Vec<String> = names.map(|person| person.name.clone()).collect();
        names
    };
    assert_eq!(told(&one_each), ["Ada", "Ben", "Cyd", "Dee"]);
    for between in [
        ", ",
        ";",
        " & ",
        " and ",
        ", and ",
        "\n  ",
        "%0ACo-authored-by: ",
    ] {
        let pieces: Vec<&[u8]> = one_each.split(|&byte| byte == 0x1d).collect();
        let together = pieces.join(between.as_bytes());
        assert_eq!(told(&together), told(&one_each), "{between:?}");
    }
    // What is no second person with an address stays a part of the first.
    for odd in ["<x>", ", Ben", " <ada@example.net>"] {
        let mut commit = Commit::new(0, "Ada", &[add("a.rs")]);
        commit.co_authors = vec!["Eve".to_owned()];
        let text = String::from_utf8(stream(&[commit])).unwrap();
        let text = text.replace("<eve@example.org>", &format!("<eve@example.org>{odd}"));
        assert_eq!(told(text.as_bytes()).len(), 2, "{odd}");
    }
}

#[test]
fn a_mailmap_tells_whom_a_trailer_names_as_it_tells_who_wrote() {
    let commit = |number, co_author: &str| {
        let mut commit = Commit::new(number, "Ada", &[modify("a.rs")]);
        commit.co_authors = vec![co_author.to_owned()];
        commit
    };
    let commits = [
        Commit::new(0, "Ben", &[add("a.rs")]),
        commit(1, "Benny"),
        commit(2, "Shared"),
        commit(3, "Team"),
    ];
    let mut settings = Settings::default();
    settings.take_file(
        ".mailmap",
        b"Ben <ben@example.org> <BENNY@example.org>\n\
        Cyd <cyd@example.org> ben <shared@example.org>\n\
        Ben <ben@example.org> team <team@example.org>\n",
    );
    let history = history_of(&stream(&commits), settings);
    assert_eq!(
        names(&history, &readings(&history).absence),
        [("Ada", 3), ("Ben", 3), ("Shared", 1)]
    );
}

#[test]
fn assistants_that_write_code_hold_nothing_and_their_namesakes_do() {
    let commit = |number, author: &str, co_author: &str| {
        let mut commit = Commit::new(number, author, &[modify("a.rs")]);
        commit.co_authors = vec![co_author.to_owned()];
        commit
    };
    let commits = [
        Commit::new(0, "Ada", &[add("a.rs")]),
        commit(1, "Ada", "Claude Opus"),
        commit(2, "Ada", "Claude"),
        commit(3, "Ada", "Copilot"),
    ];
    let text = String::from_utf8(stream(&commits)).unwrap();
    let text = text.replace("claude.opus@example.org", "noreply@anthropic.com");
    let history = history_of(text.as_bytes(), Settings::default());
    let absence = readings(&history).absence;
    assert_eq!(names(&history, &absence), [("Ada", 4), ("Claude", 1)]);
}

#[test]
fn reviewers_are_found_by_scope_and_time() {
    let mut commit = Commit::new(3, "Ada", &[add("deploy/a.yaml")]).on(&[]);
    commit.reviewers = vec!["Ben".to_owned(), "Cleo".to_owned(), "Ada".to_owned()];
    let history = history(&[commit]);
    let reviewers = |scope, since, until| history.reviews(&scope, since, until).len();
    assert_eq!(reviewers(Scope::Subtree("deploy/"), 0, 4 * DAY), 2);
    assert_eq!(reviewers(Scope::Subtree("deploy"), 0, 3 * DAY), 0);
    assert_eq!(reviewers(Scope::Subtree("dep"), 0, 4 * DAY), 0);
}

#[test]
fn a_subtree_takes_the_history_of_its_files_along() {
    let history = history(&[
        Commit::new(0, "Ada", &[add("lib/pay.rs"), add("lib/log.rs")]),
        Commit::new(1, "Ben", &[rename("lib/pay.rs", "services/pay/lib.rs")]),
        Commit::new(2, "Cleo", &[add("services/payments.rs")]),
    ]);
    let scope = Scope::Subtree("./services/pay/");
    let readings = history.readings(&scope, &PersonSet::nobody());
    let moved_and_made = [("Ada", 1), ("Ben", 1)];
    assert_eq!(names(&history, &readings.authorship), moved_and_made);
    assert_eq!(names(&history, &readings.recent), [("Ada", 1)]);
    assert_eq!(names(&history, &readings.absence), [("Ben", 1)]);
    let activity = history.activity(&scope, 0, 10 * DAY);
    assert_eq!(activity.len(), 1);
    assert_eq!(history.people()[activity[0].person as usize].name, "Ben");
    assert_eq!(activity[0].last_commit, DAY);
    let is_services = |path: &[u8]| path.starts_with(b"services/");
    let reading = history.readings(&Scope::Paths(&is_services), &PersonSet::nobody());
    assert_eq!(reading.authorship.files.counted, 2);
}

#[test]
fn work_on_a_file_counts_under_the_names_that_it_had() {
    let mut reviewed = Commit::new(1, "Ben", &[modify("deploy/run.yaml")]);
    reviewed.reviewers = vec!["Cleo".to_owned()];
    let mut history = history(&[
        Commit::new(0, "Ada", &[add("deploy/run.yaml")]),
        reviewed,
        Commit::new(2, "Dan", &[rename("deploy/run.yaml", "infra/run.yaml")]),
        Commit::new(3, "Eve", &[add("deploy/run.yaml")]),
    ]);
    let days = |history: &History, path| -> Vec<(i64, bool)> {
        let work = history.work(&Scope::Files(&[path])).into_iter();
        work.map(|work| (work.time / DAY, work.reviewer.is_some()))
            .collect()
    };
    let moved = [(0, false), (1, false), (1, true), (2, false)];
    assert_eq!(days(&history, "infra/run.yaml"), moved);
    let people = history.people();
    let there = history.participants(&Scope::Subtree("infra")).into_iter();
    let mut there: Vec<&str> = there
        .map(|(person, _)| people[person as usize].name.as_str())
        .collect();
    there.sort_unstable();
    assert_eq!(there, ["Ada", "Ben", "Cleo", "Dan"]);
    let back = Commit::new(4, "Ada", &[rename("infra/run.yaml", "deploy/old.yaml")]);
    history.push(&stream(&[back]));
    history.finish(None).unwrap();
    let all = [(0, false), (1, false), (1, true), (2, false), (4, false)];
    assert_eq!(days(&history, "deploy/old.yaml"), all);
}

#[test]
fn the_filter_is_named_and_counts_what_it_leaves_out() {
    let files = [
        "src/a.rs",
        "vendor/b.rs",
        "docs/c.md",
        "README.md",
        "config/d.yml",
        "bin/run",
        "composer.lock",
    ];
    let commits = [Commit::new(0, "Ada", &files.map(add))];
    let history = history(&commits);
    let reading = readings(&history).authorship;
    assert_eq!(reading.filter_version, "linguist-2015-03");
    assert_eq!(reading.files.counted, 1);
    assert_eq!(
        reading.files.excluded,
        [
            (Exclusion::Class(FileClass::Configuration), 1),
            (Exclusion::Class(FileClass::Documentation), 2),
            (Exclusion::Class(FileClass::Vendored), 1),
            (Exclusion::Class(FileClass::Generated), 1),
            (Exclusion::Class(FileClass::Unknown), 1),
        ]
    );
    let settings = Settings {
        filter: FileFilter {
            documentation: true,
            configuration: true,
            ..FileFilter::default()
        },
        ..Settings::default()
    };
    let wider = readings(&history_of(&stream(&commits), settings)).authorship;
    assert_eq!(wider.files.counted, 4);
    assert_eq!(
        wider.filter_version,
        "linguist-2015-03+documentation+configuration"
    );
    let later = [Commit::new(0, "Ada", &files.map(add)).at(16_801 * DAY)];
    let later = readings(&history_of(&stream(&later), Settings::default())).authorship;
    assert_eq!(later.filter_version, "linguist-9.6", "of its time");
    let chosen = Settings {
        filter: FileFilter {
            lists: FileLists::Linguist96,
            ..FileFilter::default()
        },
        ..Settings::default()
    };
    let chosen = readings(&history_of(&stream(&commits), chosen)).authorship;
    assert_eq!(chosen.filter_version, "linguist-9.6");
    let listed = ["bin/run", "src/a.rs", "src/a.rs", "gone.rs"];
    let listed = history.readings(&Scope::Files(&listed), &PersonSet::nobody());
    assert_eq!(listed.authorship.files.counted, 2);
    assert_eq!(
        listed.authorship.files.excluded,
        [(Exclusion::NotInHistory, 1)]
    );
}

#[test]
fn what_two_lines_of_history_disagree_about_is_settled_as_a_merge_does() {
    let base = Commit::new(0, "Ada", &[add("kept.rs"), add("moved.rs")]);
    // One line moves and deletes, the other changes what it does not know to
    // be gone, and adds what the first had and deleted again.
    let commits = [
        base,
        Commit::new(1, "Ada", &[rename("moved.rs", "new.rs"), add("twice.rs")]).on(&[0]),
        Commit::new(2, "Ada", &[delete("twice.rs")]).on(&[1]),
        Commit::new(3, "Ben", &[modify("moved.rs"), add("twice.rs")]).on(&[0]),
        Commit::new(4, "Ada", &[]).on(&[2, 3]),
    ];
    assert_eq!(
        living(&history(&commits)),
        ["kept.rs", "new.rs", "twice.rs"]
    );
    let other_order = [0, 3, 1, 2, 4].map(|place: usize| commits[place].clone());
    assert_eq!(
        living(&history(&other_order)),
        ["kept.rs", "new.rs", "twice.rs"]
    );
    // Who changes a file after the merge has seen it alive.
    let mut later = commits.to_vec();
    later.push(Commit::new(5, "Ada", &[modify("moved.rs")]));
    assert!(living(&history(&later)).contains(&"moved.rs".to_owned()));
}

#[test]
fn files_of_a_subtree_merge_do_not_live_where_they_never_were() {
    let commits = [
        Commit::new(0, "Ada", &[add("app.rs")]),
        Commit::new(1, "Ben", &[add("parser.rs"), add("lexer.rs")]).on(&[]),
        Commit::new(2, "Ada", &[]).on(&[0, 1]),
        Commit::new(3, "Ada", &[modify("vendored/parser.rs")]).on(&[2]),
    ];
    assert_eq!(living(&history(&commits)), ["app.rs", "vendored/parser.rs"]);
    let mut in_place = commits.to_vec();
    in_place[3].changes = vec![modify("parser.rs")];
    assert_eq!(
        living(&history(&in_place)),
        ["app.rs", "lexer.rs", "parser.rs"]
    );
}

#[test]
fn a_tree_given_decides_which_files_live() {
    let mut history = History::new(Settings::default());
    history.push(&stream(&[Commit::new(
        0,
        "Ada",
        &[add("a.rs"), add("b.rs")],
    )]));
    history.use_tree(b"b.rs\0merged in.rs\0");
    history.finish(None).unwrap();
    assert_eq!(living(&history), ["b.rs", "merged in.rs"]);
    let reading = readings(&history).authorship;
    assert_eq!(reading.files.counted, 1);
    assert_eq!(reading.files.excluded, [(Exclusion::NotInHistory, 1)]);
}

fn company() -> Vec<Commit> {
    let mut commits = vec![
        Commit::new(
            0,
            "Ada",
            &[add("pay/a.rs"), add("pay/b.rs"), add("pay/api/c.rs")],
        ),
        Commit::new(1, "Ben", &[add("pay/d.rs"), modify("pay/a.rs")]),
        Commit::new(2, "Cleo", &[add("log/e.rs"), add("log/f.rs")]),
        Commit::new(3, "Dan", &[add("pay/ui/g.rs")]),
    ];
    // After these, one change no longer makes Ben an author of the file.
    commits.extend((4..9).map(|number| Commit::new(number, "Ada", &[modify("pay/a.rs")])));
    commits
}

#[test]
fn a_loss_names_files_directories_and_who_could_take_over() {
    let history = history(&company());
    let scopes = [
        Scope::Subtree("pay"),
        Scope::Subtree("log"),
        Scope::Subtree("pay/api"),
    ];
    let losses = history.losses(
        &scopes,
        &PersonSet::nobody(),
        &called(&history, "Ada"),
        &LossLimits::default(),
    );
    let [pay, log, api] = &losses[..] else {
        panic!("one loss for each scope")
    };
    let directories = |loss: &Loss| {
        let lost = loss.directories.iter();
        lost.map(|lost| (lost.path.clone(), lost.files))
            .collect::<Vec<_>>()
    };
    assert_eq!(directories(api), [("pay/api".to_owned(), 1)]);
    assert_eq!(pay.files, 3);
    assert_eq!(pay.file_paths, ["pay/a.rs", "pay/api/c.rs", "pay/b.rs"]);
    assert_eq!(pay.directories.len(), 1);
    assert_eq!(
        (pay.directories[0].path.as_str(), pay.directories[0].files),
        ("pay/api", 1)
    );
    let successors: Vec<(&str, u32, u32, u32)> = pay
        .successors
        .iter()
        .map(|successor| {
            let name = history.people()[successor.person as usize].name.as_str();
            let files = (successor.lost_files, successor.lost_files_lately);
            (name, files.0, files.1, successor.neighbouring_files)
        })
        .collect();
    assert_eq!(successors, [("Ben", 1, 1, 1), ("Dan", 0, 0, 0)]);
    assert_eq!(log.files, 0);
    let falls =
        scopes.map(|scope| history.falls(&scope, &PersonSet::nobody(), &called(&history, "Ada")));
    let falls = falls.map(|(authorship, _)| (authorship.from, authorship.to));
    assert_eq!(falls[1..], [(Some(1), Some(1)), (Some(1), Some(0))]);
    assert!(api.successors.is_empty(), "nobody else was ever there");
}

#[test]
fn who_could_take_over_changed_a_lost_file_lately_or_long_ago() {
    let mut commits = company();
    let last = Commit::new(9, "Ada", &[modify("pay/a.rs")]);
    commits.push(last.at(1_000 * knowledge_stream::DAY));
    for (commits, lately) in [(company(), 1), (commits, 0)] {
        let history = history(&commits);
        let (nobody, ada) = (PersonSet::nobody(), called(&history, "Ada"));
        let pay = [Scope::Subtree("pay")];
        let losses = history.losses(&pay, &nobody, &ada, &LossLimits::default());
        let ben = &losses[0].successors[0];
        assert_eq!((ben.lost_files, ben.lost_files_lately), (1, lately));
    }
}

#[test]
fn to_review_is_not_to_change() {
    // Of two with as many files and changes the first by identity goes first.
    let mut commits = [
        Commit::new(0, "Ada", &[add("a.rs")]),
        Commit::new(1, "Ben", &[add("b.rs")]),
        Commit::new(2, "Cleo", &[add("c.rs")]),
    ];
    commits[0].reviewers = vec!["Ben".to_owned()];
    let history = history(&commits);
    let reading = history
        .readings(&Scope::Repository, &PersonSet::nobody())
        .authorship;
    let people = reading.people.iter();
    let told: Vec<(u32, u32, u32)> = people
        .map(|holder| (holder.person, holder.files, holder.changes))
        .collect();
    assert_eq!(told, [(0, 1, 1), (1, 1, 1), (2, 1, 1)]);
}

#[test]
fn what_was_lost_before_is_no_loss_now() {
    let history = history(&company());
    let losses = history.losses(
        &[Scope::Repository],
        &called(&history, "Ada"),
        &called(&history, "Ben"),
        &LossLimits::default(),
    );
    assert_eq!(losses[0].file_paths, ["pay/d.rs"]);
}

#[test]
fn the_tree_is_largest_first_and_says_what_it_leaves_out() {
    let history = history(&company());
    let limits = TreeLimits {
        depth: 1,
        children: 1,
        holders: 1,
    };
    let root = history.tree("", &limits, &called(&history, "Ada"));
    assert_eq!((root.path.as_str(), root.files, root.orphaned), ("", 7, 3));
    assert_eq!((root.directories.len(), root.not_shown), (1, 1));
    let pay = &root.directories[0];
    assert_eq!((pay.path.as_str(), pay.files, pay.not_shown), ("pay", 5, 2));
    assert_eq!(pay.holders.len(), 1);
    assert!(pay.holders[0].left);
    let whole = history.tree("", &TreeLimits::default(), &PersonSet::nobody());
    let paths: Vec<&str> = whole
        .directories
        .iter()
        .map(|inner| inner.path.as_str())
        .collect();
    assert_eq!(paths, ["pay", "log"]);
    assert_eq!(
        history.tree("pay/", &limits, &PersonSet::nobody()).path,
        "pay"
    );
}

#[test]
fn a_stored_history_that_cannot_be_continued_says_so() {
    let commits = company();
    let stored = history(&commits).store("mailmap 1");
    let restore = |bytes: &[u8], basis| History::restore(Settings::default(), bytes, basis);
    assert!(restore(&stored, "mailmap 1").is_ok());
    assert_eq!(
        restore(&stored, "mailmap 2").unwrap_err(),
        StateError::OtherBasis
    );
    assert_eq!(restore(b"", "").unwrap_err(), StateError::NotThisFormat);
    for at in 0..stored.len() {
        let mut damaged = stored.clone();
        damaged[at] ^= 0x10;
        assert!(restore(&damaged, "mailmap 1").is_err());
        assert!(restore(&stored[..at], "mailmap 1").is_err());
    }
    let continued = |commit: Commit| {
        let mut history = restore(&stored, "mailmap 1").unwrap();
        history.push(&stream(&[commit]));
        history.finish(None)
    };
    let change: [Change; 1] = [modify("pay/a.rs")];
    assert!(continued(Commit::new(9, "Ada", &change)).is_ok());
    for elsewhere in [
        Commit::new(9, "Ada", &change).on(&[99]),
        Commit::new(9, "Ada", &change).on(&[1]),
        Commit::new(9, "Ada", &change).on(&[]),
    ] {
        assert!(matches!(
            continued(elsewhere),
            Err(HistoryError::RebuildNeeded { .. })
        ));
    }
}
