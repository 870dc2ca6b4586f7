//! Diagnostics, and what must not compile. The texts are those of one compiler: with another one
//! this test says so and does nothing. `TRYBUILD=overwrite cargo test --test ui` refreshes them. See also
//! `ui_errors.rs`, which counts the errors.

use std::process::Command;

const COMPILER: &str = "rustc 1.95.";

#[test]
fn diagnostics() {
    let rustc = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let version = Command::new(rustc)
        .arg("--version")
        .output()
        .unwrap()
        .stdout;
    let version = String::from_utf8(version).unwrap();
    if !version.starts_with(COMPILER) {
        eprintln!("skipped: the texts are those of {COMPILER}x, this is {version}");
        return;
    }
    trybuild::TestCases::new().compile_fail("tests/ui/*/*.rs");
}
