//! Runbooks, decision records, walkthroughs and maintainers files in the shapes
//! that the corpus lacks or has only once.
#![allow(clippy::unwrap_used, clippy::panic)]

use mentorship_texts::civil_date::CivilDate;
use mentorship_texts::documents::{self, DocumentKind, Status};

#[test]
fn a_path_says_what_a_document_is() {
    use DocumentKind::{DecisionRecord, Runbook, Walkthrough};
    for (path, kind) in [
        ("docs/runbooks/payments.md", Some(Runbook)),
        ("RUNBOOK.md", Some(Runbook)),
        ("docs/runbook.md", Some(Runbook)),
        ("docs/redis-runbook.md", Some(Runbook)),
        ("docs/support_playbook.md", Some(Runbook)),
        ("docs/runbook-payments.md", Some(Runbook)),
        ("docs/rules/runbook-stale.md", None),
        ("docs/rules/no-runbook.md", None),
        ("docs/rules/no-recorded-walkthrough.md", None),
        ("adr/runbooks/restore.md", Some(Runbook)),
        ("docs/adr/0001-use-rust.md", Some(DecisionRecord)),
        ("docs/adrs/adr-012-title.md", Some(DecisionRecord)),
        (
            "docs/architecture/decisions/2026-03-04-title.md",
            Some(DecisionRecord),
        ),
        (
            "doc/architecture_decisions/003-title.markdown",
            Some(DecisionRecord),
        ),
        ("docs/adr007-msw.md", Some(DecisionRecord)),
        (
            "architecture-decision-record/012-one.md",
            Some(DecisionRecord),
        ),
        ("docs/runbooks/restore.html.md.erb", Some(Runbook)),
        ("source/flags-runbook.html.md", Some(Runbook)),
        ("source/runbooks/index.html.md.erb", None),
        ("docs/runbooks/restore.html.erb", None),
        ("docs/managing-the-playbook.md", None),
        ("docs/ops/rotate-keys-runbook-2026.md", Some(Runbook)),
        ("docs/ops/deploy-runbook-v2.md", Some(Runbook)),
        ("docs/add-runbook.md", None),
        ("docs/2026.md", None),
        ("docs/adr/0012-use-rust/README.md", Some(DecisionRecord)),
        ("docs/adr/0000-template/README.md", None),
        ("docs/runbooks/payments/README.md", None),
        ("skills/architectural-decisions/SKILL.md", None),
        (
            "docs/adr/0002-use-a-custom-template.md",
            Some(DecisionRecord),
        ),
        ("docs/walkthroughs/deploy.md", Some(Walkthrough)),
        ("docs/deploy-walkthrough.md", Some(Walkthrough)),
        ("docs/adr/README.md", None),
        ("docs/adr/index.md", None),
        ("docs/adr/template.md", None),
        ("docs/adr/0000-template.md", None),
        ("docs/adr/adr-template.md", None),
        ("docs/runbooks/TEMPLATE.md", None),
        ("docs/runbooks/runbook-template.md", None),
        ("docs/runbooks/payments.yaml", None),
        ("docs/_templates/operations/03-runbook.md", None),
        ("Templates/docs/runbooks/day-2.md", None),
        ("golden-path/skeleton/docs/adr/0001-title.md", None),
        ("vendor/github.com/acme/berths/docs/adr/0001-title.md", None),
        ("docs/runbooks/templates.md", None),
        ("docs/adr/AGENTS.md", None),
        (
            "services/vendor-portal/docs/runbooks/restart.md",
            Some(Runbook),
        ),
        ("src/decisions.rs", None),
        ("README.md", None),
    ] {
        assert_eq!(documents::kind_of_path(path), kind, "{path}");
    }
}

#[test]
fn a_runbook_tells_its_steps_and_its_way_back() {
    let parsed = documents::runbook(
        "runbook.md",
        b"---
last_reviewed: 2026-05-01
date: 2024-01-01
---
# Payments

See the [overview](https://grafana.example.org/d/1) and [design](design.md).

## Deploy
1. Run `kubectl rollout restart deploy/payments`, not `payments`
2. Then:

```bash
kubectl get pods
```

```json
{\"kind\": \"answer\"}
```

    $ helm status payments

```
tree
```

## If it goes wrong
There is no rollback of migrations.
- To roll back, redeploy the tag before
",
    );
    let runbook = parsed.value;
    assert_eq!(runbook.title.unwrap().value, "Payments");
    assert_eq!(runbook.commands, 3);
    assert_eq!(runbook.rollback, Some(29));
    assert_eq!(runbook.dashboards.len(), 1);
    assert_eq!(runbook.links.len(), 1);
    let reviewed = runbook.reviewed_on.unwrap();
    assert_eq!(
        (reviewed.value, reviewed.line),
        (CivilDate::new(2026, 5, 1).unwrap(), 2)
    );

    let reviewed = |text: &str| {
        documents::runbook("runbook.md", text.as_bytes())
            .value
            .reviewed_on
            .map(|date| date.value.to_string())
    };
    assert_eq!(
        reviewed("# A\n_Last reviewed: 4 March 2026_\n").as_deref(),
        Some("2026-03-04")
    );
    assert_eq!(
        reviewed("| Last updated | 2026-03-04 |\n").as_deref(),
        Some("2026-03-04")
    );
    assert_eq!(reviewed("# A\nOn 2026-03-04 it broke.\n"), None);
    assert_eq!(
        reviewed("---\nlast_reviewed_at: 2026-03-04T09:00:00.000Z\n---\n").as_deref(),
        Some("2026-03-04")
    );
    let rollback = |text: &str| {
        documents::runbook("runbook.md", text.as_bytes())
            .value
            .rollback
    };
    assert_eq!(rollback("# A\nRoll back first\n## Rollback\n"), Some(3));
    assert_eq!(
        rollback("This cannot be rolled back, and there is no rollback.\n"),
        None
    );
    assert_eq!(rollback("It fires after a possible roll-back.\n"), None);
}

#[test]
fn graphs_and_commands_are_told_from_what_looks_like_them() {
    let read = |text: &str| documents::runbook("runbook.md", text.as_bytes()).value;
    for (link, dashboard) in [
        ("[load](https://graphs.example.org/d/x7/load)", true),
        ("[load](https://grafana.example.org/explore)", true),
        ("[dashboard](https://example.org/boards/7)", true),
        (
            "[a form](https://docs.google.com/document/d/1x7/edit)",
            false,
        ),
        (
            "[v13](https://github.com/grafana/grafana/releases/tag/v13)",
            false,
        ),
        ("[syntax](https://docs.datadoghq.com/monitors/)", false),
        ("[dashboards](dashboards.md)", false),
    ] {
        let runbook = read(link);
        assert_eq!(runbook.dashboards.len() == 1, dashboard, "{link}");
        assert_eq!(runbook.dashboards.len() + runbook.links.len(), 1, "{link}");
    }
    for (text, commands) in [
        ("Run `cf restart pay`.", 1),
        ("Run `rabbitmqctl list_queues` and `kafka-cli lag`.", 2),
        ("```\nREGION=eu-1 make restore\n```\n", 1),
        (
            "Set `REGION=eu-1`; `crontab` is a file, `ctl` an ending.",
            0,
        ),
    ] {
        assert_eq!(read(text).commands, commands, "{text}");
    }
}

#[test]
fn runbooks_of_other_houses_and_languages_tell_as_much() {
    let read = |text: &str| documents::runbook("runbook.md", text.as_bytes()).value;
    for command in [
        "deploy/undo.ps1 -To v2",
        "restore.ps1 -From last",
        "scripts/drain.sh node-1",
        "velero restore create",
        "pnpm run drain",
        "bash drain.sh",
    ] {
        assert_eq!(
            read(&format!("Run `{command}`.\n")).commands,
            1,
            "{command}"
        );
    }
    for none in ["crt.sh ID", "idle in transaction", "flux"] {
        assert_eq!(read(&format!("See `{none}`.\n")).commands, 0, "{none}");
    }
    for way_back in [
        "1. Revertir la migración",
        "- Deployment rückgängig machen",
        "## 回滚步骤",
        "## ロールバック手順",
        "## Откат релиза",
        "## Retour arrière",
        "1. Revenir en arrière : relancer l'ancienne version",
        "## 切り戻し手順",
    ] {
        let text = format!("# Runbook\n\n{way_back}\n");
        assert_eq!(read(&text).rollback, Some(3), "{way_back}");
    }
    for date in [
        "Letzte Aktualisierung: 2026-07-01",
        "**Última actualización**: 2026-07-01",
        "| Dernière mise à jour | 2026-07-01 |\n|---|---|",
        "Last verified at: 2026-07-01",
        "> **最后更新**：2026-07-01",
        "- 最終更新日：2026-07-01",
    ] {
        let reviewed = read(&format!("# Runbook\n\n{date}\n")).reviewed_on.unwrap();
        assert_eq!(reviewed.value.to_string(), "2026-07-01", "{date}");
    }
}

#[test]
fn a_decision_record_is_read_in_every_form() {
    let record = |path: &str, text: &str| documents::decision_record(path, text.as_bytes()).value;

    let madr = record(
        "docs/decisions/0007-use-rust.md",
        "---\nstatus: \"superseded by [ADR-12](0012.md)\"\ndate: 2026-03-04\n---\n# Use Rust\n## Context and Problem Statement\n## Decision Drivers\n",
    );
    assert_eq!(
        (madr.number, madr.title.unwrap().value.as_str()),
        (Some(7), "Use Rust")
    );
    assert_eq!(madr.status.unwrap().value, Status::Superseded);
    assert_eq!((madr.has_context, madr.has_decision), (true, false));

    let own_folder = record("docs/adr/0012-use-rust/README.md", "# Use Rust\n");
    assert_eq!(own_folder.number, Some(12));

    let tools = record(
        "doc/adr/0003-x.md",
        "# 3. Use X\n\nDate: 2026-03-04\n\n## Status\n\nAccepted\n\nSuperseded by [9. Use Y](0009-y.md)\n\n## Context\n## Decision\n## Consequences\n",
    );
    assert_eq!(tools.title.unwrap().value, "Use X");
    assert_eq!(tools.status.unwrap().value, Status::Superseded);
    assert_eq!(tools.date.unwrap().line, 3);
    assert!(tools.has_context && tools.has_decision && tools.has_consequences);

    let supersedes = record(
        "adr/4.md",
        "# ADR-4: Use Y\n\n**Status:** Accepted, supersedes ADR-3\n**Context**\n",
    );
    assert_eq!(supersedes.status.unwrap().value, Status::Accepted);
    assert!(supersedes.has_context);

    let table = record(
        "adr/034-logging.md",
        "# 34 Logging\n\n> | | |\n> |---|---|\n> | Date | `17/04/2025` _of the last change_ |\n> | Status | `Proposed` |\n> | Deciders | Team |\n\n## Proposal\n",
    );
    assert_eq!(table.title.unwrap().value, "Logging");
    let (status, date) = (table.status.unwrap(), table.date.unwrap());
    assert_eq!((status.value, status.line), (Status::Proposed, 6));
    assert_eq!(
        (date.value.to_string().as_str(), date.line),
        ("2025-04-17", 5)
    );
    assert!(table.has_decision);

    let bold = record(
        "adr/4.md",
        "# Use Y\n\n**Status**\nAccepted (for now)\n\n**Date**\n2026-03-04\n\n**Context**\n",
    );
    assert_eq!(bold.status.unwrap().value, Status::Accepted);
    assert_eq!(bold.date.unwrap().line, 7);

    let template = record(
        "adr/x.md",
        "## Status\n\n{proposed | rejected | accepted | deprecated}\n",
    );
    assert_eq!(template.status, None);
    let own_words = record("adr/2026-03-04-x.md", "Status: on hold until May\n");
    assert_eq!(
        own_words.status.unwrap().value,
        Status::Other("on hold until May".into())
    );
    assert_eq!(
        (own_words.number, own_words.date.unwrap().value),
        (None, CivilDate::new(2026, 3, 4).unwrap())
    );
}

#[test]
fn a_decision_record_is_read_in_other_languages() {
    for (text, status, day) in [
        (
            "# ADR-7: Kaibelegung\n\n**Status:** Angenommen\n**Datum:** 2026-03-04\n\n## Kontext\n\n## Entscheidungskriterien\n\n## Entscheidung\n\n## Konsequenzen\n",
            Status::Accepted,
            "2026-03-04",
        ),
        (
            "# 7. Les quais\n\nDate : 2026-03-04\n\n## Statut\n\nAccepté\n\nRemplacé par 9\n\n## Contexte et problème\n\n## Résultat de la décision\n\n### Conséquences\n",
            Status::Superseded,
            "2026-03-04",
        ),
        (
            "# Los muelles\n\n## Estado\n\nPropuesta\n\n## Fecha\n\n2026-03-04\n\n## Contexto\n\n## Decisión\n\n## Consecuencias\n",
            Status::Proposed,
            "2026-03-04",
        ),
        (
            "# Os cais\n\n**Data:** 2026-03-04\n**Status:** Rejeitado\n\n## Contexto\n\n## Decisão\n\n## Consequências\n",
            Status::Rejected,
            "2026-03-04",
        ),
        (
            "# 码头\n\n- 状态：✅ 已采纳并实施\n- 日期：2026-03-04\n\n## 背景\n\n## 决策内容\n\n## 风险与挑战\n",
            Status::Accepted,
            "2026-03-04",
        ),
        (
            "# 码头\n\n- 状态：不接受\n- 日期：2026-03-04\n\n## 背景\n\n## 决策内容\n\n## 风险与挑战\n",
            Status::Rejected,
            "2026-03-04",
        ),
    ] {
        let record = documents::decision_record("adr/0007-x.md", text.as_bytes()).value;
        assert_eq!(record.status.unwrap().value, status, "{text}");
        assert_eq!(record.date.unwrap().value.to_string(), day, "{text}");
        let sections = [
            record.has_context,
            record.has_decision,
            record.has_consequences,
        ];
        assert_eq!(sections, [true; 3], "{text}");
    }
    let drivers = "# Les quais\n\n## Facteurs de décision\n";
    let drivers = documents::decision_record("adr/0007-x.md", drivers.as_bytes()).value;
    assert!(!drivers.has_decision);
}

#[test]
fn a_record_says_where_it_stands_and_since_when() {
    let record = |text: &str| documents::decision_record("adr/0009-x.md", text.as_bytes()).value;
    let status = |text: &str| {
        record(text)
            .status
            .map(|status| (status.value, status.line))
    };
    let date = |text: &str| {
        let date = record(text).date;
        date.map(|date| (date.value.to_string(), date.line))
    };

    // A thing of the design that is called so is not the record's.
    let modelled = "# 9. Model\n## Decision\n**Status**: Represents a state that an edition can hold such as: \"draft\" or published by somebody.\n## Status\nAccepted\n";
    assert_eq!(status(modelled), Some((Status::Accepted, 5)));
    assert_eq!(
        status(
            "# 9. Model\n**Status**: Represents the state that an edition has for those who edit it and for all others\n"
        ),
        None
    );
    // What stands above the sections is said of the record.
    assert_eq!(
        status(
            "# 9. Model\n* Status: accepted\n\n## Decision\n## Status\nDraft until published.\n"
        ),
        Some((Status::Accepted, 2))
    );
    assert_eq!(
        status("# X\n## Status\nUnder discussion\n"),
        Some((Status::Proposed, 3))
    );

    for (word, meant) in [
        ("In consideration", Status::Proposed),
        ("Implementable", Status::Accepted),
        ("Invalidated on 2021-08-04.", Status::Deprecated),
    ] {
        let said = status(&format!("# X\n## Status\n{word}\n"));
        assert_eq!(said, Some((meant, 3)), "{word}");
    }
    // Far below the head, a row of that name is about something else.
    assert_eq!(
        status(
            "# X\n## Decision\n## Commands\n| status | Reads what a berth holds |\n|---|---|\n| x | y |\n"
        ),
        None
    );

    assert_eq!(
        date("# X\nDate started: 2024-02-27\n\nDate accepted: 2024-04-02\n"),
        Some(("2024-04-02".to_owned(), 4))
    );
    assert_eq!(
        date("# X\n## Status\nAccepted (13 October 2021)\n"),
        Some(("2021-10-13".to_owned(), 3))
    );
    assert_eq!(
        date("# X\n**Status:** Accepted 2023-06-05\n"),
        Some(("2023-06-05".to_owned(), 2))
    );
    assert_eq!(
        date(
            "# X\n## Changelog\n\n- 2020-07-09: first draft\n- 2020-08-11: as built\n\n## Context\nSince 2021-01-01.\n"
        ),
        Some(("2020-08-11".to_owned(), 5))
    );
    assert_eq!(
        date(
            "# X\n## Context\n## Change history\n### 2022-10-18\n- more\n### 2022-09-14\n- first\n"
        ),
        Some(("2022-10-18".to_owned(), 4))
    );
    assert_eq!(
        date("# X\nDate: 2020-01-02\n## Changelog\n- 2020-08-11: as built\n"),
        Some(("2020-01-02".to_owned(), 2))
    );

    // A record without a title of its own begins with a section.
    let untitled =
        record("**Date: 2020-11-16**\n\n## Status\nProposed\n## Context\n### Positive\n");
    assert_eq!(untitled.title, None);
    assert!(untitled.has_context && untitled.has_consequences);
    let kind =
        record("# Architecture Decision Record: Serve &#46;well-known&#x2f;\n## Trade-offs\n");
    assert_eq!(kind.title.unwrap().value, "Serve .well-known/");
    assert!(kind.has_consequences);
    let all = |text: &str| {
        let record = record(text);
        record.has_context && record.has_decision && record.has_consequences
    };
    assert!(all(
        "# X\nIn the context of berths, facing the tide, we decided for locks to gain time, accepting their price.\n"
    ));
    assert!(all(
        "# X\n- **Context**\n  - Tides.\n- **Decision**\n  - Locks.\n- **Consequences**\n  - Price.\n"
    ));
    assert!(all(
        "# X\n**Context:** Berths fall dry at ebb.\n\n**Decision:** We build locks at each.\n\nConsequences: they have their price.\n"
    ));
    // What leads elsewhere tells nothing here.
    assert!(!record("# X\nContext: https://issues.example.org/12\n").has_context);
    assert_eq!(
        status("# X\n|Status|Accepted ✅|\n|--|--|\n|Date|2026-01-05|\n"),
        Some((Status::Accepted, 2))
    );
    assert!(record("# X\n## Detailed design\n").has_decision);
    assert!(record("# X\n## Why\n## How\n").has_decision);
    assert!(!record("# X\n## How we got here\n").has_decision);
    let chosen = record("# X\n## CHOSEN OPTION: Berths by tide\n## Stakeholder impacts\n");
    assert!(chosen.has_decision && chosen.has_consequences);
}

#[test]
fn a_walkthrough_points_to_recordings() {
    let parsed = documents::walkthrough(
        "walkthrough.md",
        b"# Walkthroughs
[Deploy](https://www.youtube.com/watch?v=1), [Triage](media/triage.mp4), [runbook](runbook.md)
## Recorded sessions
- [Feature flags](https://drive.example.org/file/9)
## Notes
- [Slides](https://slides.example.org/1)
",
    );
    let targets: Vec<_> = parsed
        .value
        .recordings
        .iter()
        .map(|link| (link.value.text.as_str(), link.line))
        .collect();
    assert_eq!(
        targets,
        [("Deploy", 2), ("Triage", 2), ("Feature flags", 4)]
    );
}

#[test]
fn a_way_back_may_be_typed_alone() {
    let rollback = |code: &str| {
        let text = format!("# Restart\n\n```sh\n{code}\n```\n");
        documents::runbook("runbook.md", text.as_bytes())
            .value
            .rollback
    };
    assert_eq!(rollback("kubectl rollout undo deployment/berths"), Some(4));
    assert_eq!(
        rollback("# Roll back to the last good state\nberths back"),
        Some(4)
    );
    assert_eq!(rollback("helm rollback berths 3"), Some(4));
    assert_eq!(rollback("ROLLBACK;\nerror: rollback failed"), None);
}

#[test]
fn backing_out_is_a_way_back() {
    let text = "# Restart\nScale back first.\n## Backing out\nStart the old one.\n";
    assert_eq!(
        documents::runbook("restart.md", text.as_bytes())
            .value
            .rollback,
        Some(3)
    );
}

#[test]
fn maintainers_stand_in_tables_lists_lines_and_loose_yaml() {
    let people = |text: &str| -> Vec<String> {
        let found = documents::maintainers("MAINTAINERS.md", text.as_bytes()).value;
        found
            .iter()
            .map(|one| {
                let former = if one.former { " (former)" } else { "" };
                format!("{}:{}{former}", one.line, one.person.key())
            })
            .collect()
    };
    assert_eq!(
        people(
            "# Maintainers\n- Ann Lee <ann@example.org> (@ann)\n- Ben Doe <ben@example.org>\n- @cy, @org/team\n## Emeritus\n- Dee Fox\n"
        ),
        [
            "2:handle:ann",
            "3:email:ben@example.org",
            "4:handle:cy",
            "6:name:dee fox (former)"
        ]
    );
    assert_eq!(
        people(
            "maintainers:\n  - name: Ann Lee\n    github: ann\n  - name: Ben Doe\n    github: \"ben\"\n"
        ),
        ["2:handle:ann", "4:handle:ben"]
    );
    assert_eq!(
        people(
            "Ann Lee (@ann)\n\nEmeritus:\nDee Fox (@dee)\n\n## Triage\n- @eve\n\n## Maintainers and triage\n- @fay\n\n## Initial authors\n@ann\n"
        ),
        [
            "1:handle:ann",
            "4:handle:dee (former)",
            "7:handle:eve (former)",
            "10:handle:fay",
            "13:handle:ann (former)"
        ]
    );
    assert_eq!(
        people(
            "| Name | Email |\n|---|---|\n| Ann Lee ([ann7](https://github.com/ann7)) | ann@example.org |\n\n| Part | Maintainers |\n|---|---|\n| core | @cy, @dee |\n"
        ),
        ["3:handle:ann7", "7:handle:cy", "7:handle:dee"]
    );
    // As the Linux kernel has it: reviewers and mailing lists maintain nothing.
    assert_eq!(
        people(
            "BERTHS\nM:\tAnn Lee <ann@example.org>\nM:\tCy Roe <cy@example.org>\nR:\tBen Doe <ben@example.org>\n\
             L:\tberths@lists.example.org (moderated)\nS:\tMaintained\nF:\tdrivers/berths/\n\nTIDES\n\
             R:\tDee Fox <dee@example.org>\nM:\tBen Doe <ben@example.org>\n"
        ),
        [
            "2:email:ann@example.org",
            "3:email:cy@example.org",
            "4:email:ben@example.org (former)",
            "10:email:dee@example.org (former)",
            "11:email:ben@example.org"
        ]
    );
    // Lists that are kept elsewhere are no people.
    assert_eq!(
        people(
            "# Maintainers\n- [Berth Planner](https://github.com/acme/berths/blob/main/OWNERS)\n"
        ),
        Vec::<String>::new()
    );
    assert_eq!(
        people(
            "| Maintainer Name | Part |\n|---|---|\n| [Ann Lee](https://github.com/ann7) | all |\n\n- [cy8](https://github.com/cy8), Initech\n"
        ),
        ["3:handle:ann7", "5:handle:cy8"]
    );
    assert_eq!(
        people("Others in the\n[Quay organization](https://github.com/quay) list their\nown.\n"),
        Vec::<String>::new()
    );
    assert_eq!(
        people("Ask @ann to add you to the list.\n\n- Send a mail to list@example.org\n"),
        Vec::<String>::new()
    );
}

#[test]
fn a_part_of_a_list_of_contributors_may_name_maintainers() {
    let text = "# Contributors\n## Triage\n- @cy\n## Maintainers\n- [ann](https://github.com/ann), Initech, Inc.\n\
        ## Emeritus maintainers\n- @dee\n## Docs\n- @ben\n";
    assert!(documents::lists_maintainers("OWNERS.md"));
    assert!(!documents::lists_maintainers("OWNERS"));
    let found = documents::maintainers("OWNERS.md", text.as_bytes()).value;
    let former = found.iter().map(|one| (one.person.key(), one.former));
    assert_eq!(
        former.collect::<Vec<_>>(),
        [
            ("handle:cy".to_owned(), true),
            ("handle:ann".to_owned(), false),
            ("handle:dee".to_owned(), true),
            ("handle:ben".to_owned(), false)
        ]
    );
}

#[test]
fn whoever_has_a_line_of_their_own_is_told_of_by_those_below() {
    let text = "Managed by the council.\n\nLead:\n\n  Ann Lee\n    Email: ann@example.org\n    \
        GitHub username: @ann\n    PGP fingerprint: 903B AB73\n\nMaintainers:\n  Ben Doe\n    \
        Email: ben@example.org\n\nHarbour Berths\nS: Maintained\n";
    let found = documents::maintainers("MAINTAINERS.txt", text.as_bytes()).value;
    let spelled: Vec<_> = found
        .iter()
        .map(|one| format!("{}:{}", one.line, one.person.spelling()))
        .collect();
    assert_eq!(
        spelled,
        ["5:Ann Lee (@ann)", "11:Ben Doe (ben@example.org)",]
    );
}

#[test]
fn tables_of_toml_tell_who_stands_in_its_lists() {
    let linked = "# Maintainers\n- Ann Lee (@ann)\n\nMore in\n[people.md](people.md).\n";
    let found = documents::maintainers("MAINTAINERS.md", linked.as_bytes()).value;
    assert_eq!(found.len(), 1);

    let text = "# Harbour maintainers file\n[Rules]\n\ttext = \"\"\"\nAll are here.\n\"\"\"\n[Org]\n\t\
        [Org.\"Core maintainers\"]\n\tpeople = [\n\t\t\"annlee\",\n\t\t\"ben\",\n\t]\n\t[Org.Alumni]\n\t\
        people = [\n\t\t\"dee\"\n\t]\n[people]\n\t[people.annlee]\n\tName = \"Ann Lee\"\n\t\
        Email = \"ann@example.org\"\n\tGitHub = \"AnnLee\"\n\t[people.cy]\n\tName = \"Cy Roe\"\n";
    let found = documents::maintainers("MAINTAINERS", text.as_bytes()).value;
    let spelled: Vec<_> = found
        .iter()
        .map(|one| format!("{}:{} {}", one.line, one.person.spelling(), one.former))
        .collect();
    assert_eq!(
        spelled,
        ["9:Ann Lee (@AnnLee) false", "10:@ben false", "14:@dee true"]
    );
}

#[test]
fn a_sentence_may_say_that_those_below_do_not_maintain() {
    let former = |text: &str| -> Vec<bool> {
        let found = documents::maintainers("MAINTAINERS.md", text.as_bytes()).value;
        found.iter().map(|one| one.former).collect()
    };
    let founders = "## Founders\n\nWe owe it to them. They are not actively involved anymore.\n\n- Ann Lee (@ann)\n\n## Now\n- @ben\n";
    assert_eq!(former(founders), [true, false]);
    let friends = "# Friends\nNot maintainers, but they know much.\n- Ann Lee (@ann)\n";
    assert_eq!(former(friends), [true]);
    let friends =
        "## Friends\nThis section lists people that are not currently maintainers.\n- @ann\n";
    assert_eq!(former(friends), [true]);
    // It holds up to the next heading.
    let intro = "They are not active any more.\n- @ann\n\n# Now\n- @ben\n";
    assert_eq!(former(intro), [true, false]);
    let others = "# Maintainers\nNot a maintainer? Ask.\n\nThese are not all maintainers.\n\nThey need not maintain the docs.\n- @ann\n";
    assert_eq!(former(others), [false]);
    // Of whom it holds is said below the list, or under a condition.
    let rules = "# Maintainers\nThose who are not active for a year will move to emeritus.\n- @ann\n\nThey are not maintainers of the website.\n- @ben\n";
    assert_eq!(former(rules), [false, false]);
}

#[test]
fn a_login_alone_is_somebody_in_a_list_of_maintainers() {
    let keys = |text: &str| -> Vec<String> {
        let found = documents::maintainers("MAINTAINERS.md", text.as_bytes()).value;
        found.iter().map(|one| one.person.key()).collect()
    };
    let text = "# Maintainers\n- ann\n- ben-roe7\n- CyFox\n- Everybody\n- DNS\n- storage: see below\n- `dns`\n\n# Parts\n- dns\n";
    assert_eq!(
        keys(text),
        ["handle:ann", "handle:ben-roe7", "handle:cyfox"]
    );
}

#[test]
fn a_list_in_yaml_names_those_below_the_keys_of_maintainers() {
    let people = |text: &str| -> Vec<String> {
        assert!(documents::lists_maintainers("docs/MAINTAINERS.yml"));
        let found = documents::maintainers("docs/MAINTAINERS.yml", text.as_bytes()).value;
        let all = found.iter().filter(|one| !one.former);
        all.map(|one| format!("{}:{}", one.line, one.person.key()))
            .collect()
    };
    // By areas of the code.
    assert_eq!(
        people(
            "# Who looks after what.\nBerths:\n  status: maintained\n  maintainers:\n    - ann # Ann Lee\n    - \"ben7\"\n  \
            collaborators:\n    - cy\n  files:\n    - drivers/berths/\n  labels:\n    - \"area: Berths\"\n    - Harbour Audio\n  \
            description: >-\n    Harbours and what is in them.\n\nTides:\n  maintainers:\n  - dee\n  - '@eve'\n  emeritus:\n    - fay\n"
        ),
        [
            "5:handle:ann",
            "6:handle:ben7",
            "19:handle:dee",
            "20:handle:eve"
        ]
    );
    // One after the other; whoever maintains other repositories maintains those.
    assert_eq!(
        people(
            "- name: Ann Lee\n  github: ann\n  slack: U01\n  isVoter: true\n  githubID: 105395613\n- name: Cy Roe\n  github: cy\n  \
            company: Initech\n  repos:\n    - website\n    - tides\n"
        ),
        ["1:handle:ann"]
    );
    assert_eq!(
        people("- ann\n- ben@example.org\n"),
        ["1:handle:ann", "2:email:ben@example.org"]
    );
    // On one line, and what stands on another one.
    assert_eq!(
        people(
            "maintainers: [ann, \"ben7\"] # both\nreviewers: &all [cy,\n  '@dee']\napprovers: *all\nfiles: [eve, fay]\n\
             lead: Gil Roe <gil@example.org>\nmaintainer: hal\n"
        ),
        [
            "1:handle:ann",
            "1:handle:ben7",
            "2:handle:cy",
            "3:handle:dee",
            "2:handle:cy",
            "3:handle:dee",
            "6:email:gil@example.org",
            "7:handle:hal"
        ]
    );
    // One person for each mapping, however many keys it has.
    assert_eq!(
        people(
            "maintainers:\n- name: Ann Lee\n  company: Initech\n  city: Bergen\n  since: 2020\n  slack: U01\n  github: ann\n\
             - {name: Ben Doe, maintainer: True, approvers: 2}\n- {github: cy, name: Cy Roe}\n- github: dee\n  areas: [dns, storage]\n- eve\n"
        ),
        [
            "2:handle:ann",
            "8:name:ben doe",
            "9:handle:cy",
            "10:handle:dee",
            "12:handle:eve"
        ]
    );
    // Of those who maintain no more none does by a list inside.
    assert_eq!(
        people(
            "emeritus:\n  maintainers: [ann]\n  approvers:\n  - ben\nmaintainers: [cy]\nrepos: [website]\n"
        ),
        ["5:handle:cy"]
    );
}

#[test]
fn notes_on_a_list_in_yaml_name_their_line() {
    let notes = |text: &str| -> Vec<(Option<u32>, String)> {
        let notes = documents::maintainers("MAINTAINERS.yaml", text.as_bytes()).notes;
        let notes = notes.into_iter();
        notes.map(|note| (note.line, note.message)).collect()
    };
    let [(line, message)] = &notes("maintainers:\n- ann\n- [ben\n")[..] else {
        panic!("one note");
    };
    assert!(
        line.is_some() && message.contains("is not valid YAML here"),
        "{line:?} {message}"
    );
    let [(line, message)] = &notes("maintainers: [ann]\nmaintainers: [ben]\n")[..] else {
        panic!("one note");
    };
    assert_eq!((*line, message.contains("given twice")), (Some(2), true));
    // Aliases of aliases, each ten times what the one before is.
    let mut text = "l0: &l0 [ann]\n".to_owned();
    for level in 1..9 {
        let before = level - 1;
        let ten = vec![format!("*l{before}"); 10].join(", ");
        text += &format!("l{level}: &l{level} [{ten}]\n");
    }
    let [(line, message)] = &notes(&text)[..] else {
        panic!("one note");
    };
    assert_eq!(
        (*line, message.contains("more than 64000")),
        (Some(4), true)
    );
}

#[test]
fn whoever_maintains_is_one_person_with_a_name() {
    let people = |text: &str| -> Vec<String> {
        let found = documents::maintainers("MAINTAINERS", text.as_bytes()).value;
        let name = |one: &documents::Maintainer| one.person.name.clone().unwrap_or_default();
        let all = found.iter();
        all.map(|one| format!("{}:{} {}", one.line, one.person.key(), name(one)))
            .collect()
    };
    assert_eq!(
        people("- login: ann\n  name: Ann Lee\n- name: Ben Doe\n  github: ben\n"),
        ["1:handle:ann Ann Lee", "3:handle:ben Ben Doe"]
    );
    assert_eq!(
        people(
            "Ann Lee, Independent <ann@example.org> (github: @ann, slack: Ann L)\nBen Doe, Initech, ben@example.org\n"
        ),
        ["1:handle:ann Ann Lee", "2:email:ben@example.org Ben Doe"]
    );
    assert_eq!(
        people(
            "* `api`\n  * `rest`: Ann Lee (<ann@example.org> / @ann)\n* `docs` and all that goes with the pages: Ben Doe (<b@e.org> / @ben), Cy Roe (<c@e.org> / @cy)\n* **Kim**: @kim\n"
        ),
        [
            "2:handle:ann Ann Lee",
            "3:handle:ben Ben Doe",
            "3:handle:cy Cy Roe",
            "4:handle:kim Kim"
        ]
    );
    assert_eq!(
        people("- Name: Ann Lee\n- Email: ann@example.org\n- Role: release manager\n"),
        ["1:email:ann@example.org Ann Lee"]
    );
    assert_eq!(
        people(
            "Name: Ann Lee\nGitHub: ann\nEmail: ann@example.org\n\n- email: ben@example.org\n- email: cy@example.org\n"
        ),
        [
            "1:handle:ann Ann Lee",
            "5:email:ben@example.org ",
            "6:email:cy@example.org "
        ]
    );
    // As kernels and boot loaders list them: mail, reviewer, status, files.
    assert_eq!(
        people(
            "CLOCKS\nM:\tAnn Lee <ann@example.org>\nR:\tBen Doe <ben@example.org>\nL:\tlist@example.org\nS:\tMaintained\nF:\tdrivers/clock/\n"
        ),
        [
            "2:email:ann@example.org Ann Lee",
            "3:email:ben@example.org Ben Doe"
        ]
    );
    assert_eq!(
        people(
            "- **[Ann Lee](https://github.com/ann)** – since 2019\n- [Ben Doe](mailto:ben@example.org)\n\nMaintained by @cy and @dee. Ask @eve about the rest.\n"
        ),
        [
            "1:handle:ann Ann Lee",
            "2:email:ben@example.org Ben Doe",
            "4:handle:cy ",
            "4:handle:dee "
        ]
    );
}

#[test]
fn hostile_bytes_are_read_to_the_end() {
    for bytes in [
        &b""[..],
        b"\xFF\xFE",
        b"\0\0\0",
        b"---\n",
        b"```\n",
        b"|",
        b"<!--",
        b"[](",
        "\u{FEFF}# \u{202E}".as_bytes(),
    ] {
        documents::runbook("runbook.md", bytes);
        documents::decision_record("", bytes);
        documents::decision_record("adr/ééééééééé.md", bytes);
        documents::walkthrough("walkthrough.md", bytes);
        documents::maintainers("MAINTAINERS.md", bytes);
    }
    let large = "- `kubectl get pods` [a](https://b.example/c) @d, ".repeat(100_000);
    assert!(
        !documents::runbook("runbook.md", large.as_bytes())
            .notes
            .is_empty()
    );
    assert!(
        !documents::maintainers("MAINTAINERS.md", large.as_bytes())
            .notes
            .is_empty()
    );
}
