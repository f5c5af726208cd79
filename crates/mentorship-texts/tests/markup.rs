//! Decision records and runbooks in other markups than Markdown.
#![allow(clippy::unwrap_used)]

use mentorship_texts::documents::{self, DecisionRecord, Status};

#[test]
fn restructured_text_is_read_as_markdown_is() {
    let text = "\
=========
4. Queues
=========

:Status: Accepted
:Date: 2026-03-04

.. _spec: https://example.org/spec
.. _Board: https://example.org/board

Context
-------

See `the plan <https://example.org/plan>`_ and `the spec <spec_>`_,
`Board`_ or `Context`_, but ``__init__`` and `_b` or ``a <https://example.org/code>`` is code.

.. note:: Not yet everywhere.

    Nor in staging.

Decision
--------

Detail
~~~~~~

#. One queue a service.

Consequences
------------

.. code-block:: bash
   :linenos:

   kubectl get pods

Then::

    kubectl rollout undo deploy/queue
";
    let path = "docs/decisions/0004-queues.rst";
    let record = documents::decision_record(path, text.as_bytes());
    assert_eq!(record.notes, []);
    let record = record.value;
    assert_eq!(record.number, Some(4));
    let title = record.title.as_ref().unwrap();
    assert_eq!((title.value.as_str(), title.line), ("Queues", 2));
    let status = record.status.as_ref().unwrap();
    assert_eq!((&status.value, status.line), (&Status::Accepted, 5));
    let date = record.date.as_ref().unwrap();
    assert_eq!(
        (date.value.to_string().as_str(), date.line),
        ("2026-03-04", 6)
    );
    assert!(record.has_context && record.has_decision && record.has_consequences);
    assert_eq!(
        links(&record),
        [
            (14, "https://example.org/plan"),
            (14, "https://example.org/spec"),
            (15, "https://example.org/board"),
        ]
    );

    let runbook = documents::runbook("docs/runbooks/queues.rst", text.as_bytes()).value;
    let sections: Vec<_> = runbook
        .sections
        .iter()
        .map(|section| (section.level, section.title.as_str(), section.line))
        .collect();
    assert_eq!(
        sections,
        [
            (1, "4. Queues", 2),
            (2, "Context", 11),
            (2, "Decision", 21),
            (3, "Detail", 24),
            (2, "Consequences", 29),
        ]
    );
    assert_eq!(runbook.commands, 2);
}

#[test]
fn what_is_quoted_in_restructured_text_is_no_reference() {
    let title_of = |heading: &str| {
        let text = format!("{heading}\n{}\n", "=".repeat(heading.len()));
        let record = documents::decision_record("adr/0005-x.rst", text.as_bytes());
        record.value.title.unwrap().value
    };
    assert_eq!(
        title_of("``__init__`` and `_b`, `a` or `_c`"),
        "__init__ and _b, a or _c"
    );
    assert_eq!(title_of("An `open quote"), "An open quote");
}

#[test]
fn asciidoc_is_read_as_markdown_is() {
    let text = "\
= Queues
:status: superseded by ADR-9
:revdate: 2026-03-04

// Nobody reads this: see https://example.org/secret
== Context

See link:https://example.org/plan[the plan], xref:0003-x.adoc[before]
and https://example.org/spec[the spec].

* One
** within

== Decision

. First
. Second

[source,bash]
----
kubectl get pods

== no heading
----

== Consequences

|===
|name |value
|===
";
    let record = documents::decision_record("adr/0004-queues.adoc", text.as_bytes());
    assert_eq!(record.notes, []);
    let record = record.value;
    assert_eq!(
        (record.number, record.title.as_ref().unwrap().value.as_str()),
        (Some(4), "Queues")
    );
    let status = record.status.as_ref().unwrap();
    assert_eq!((&status.value, status.line), (&Status::Superseded, 2));
    assert_eq!(record.date.as_ref().unwrap().line, 3);
    assert!(record.has_context && record.has_decision && record.has_consequences);
    assert_eq!(
        links(&record),
        [
            (8, "https://example.org/plan"),
            (8, "0003-x.adoc"),
            (9, "https://example.org/spec"),
        ]
    );
    let runbook = documents::runbook("runbooks/queues.asciidoc", text.as_bytes()).value;
    let sections: Vec<_> = runbook
        .sections
        .iter()
        .map(|section| (section.level, section.title.as_str()))
        .collect();
    assert_eq!(
        sections,
        [
            (1, "Queues"),
            (2, "Context"),
            (2, "Decision"),
            (2, "Consequences")
        ]
    );
    assert_eq!(runbook.commands, 1);
}

/// The lines and targets of all links, in order.
fn links(record: &DecisionRecord) -> Vec<(u32, &str)> {
    let links = record.links.iter();
    links
        .map(|link| (link.line, link.value.target.as_str()))
        .collect()
}
