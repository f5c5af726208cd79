//! Code owners: one compiled matcher for the dialects of the code hosts.
