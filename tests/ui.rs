//! Diagnostics, and programs that must not compile. `TRYBUILD=overwrite cargo test --test ui` records them.
//! `ui_errors.rs` counts the errors.

#[test]
#[cfg_attr(
    not(goldens),
    ignore = "the texts of `tests/ui` are those of another compiler"
)]
fn diagnostics() {
    trybuild::TestCases::new().compile_fail("tests/ui/*/*.rs");
}
