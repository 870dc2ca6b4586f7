//! Diagnostics, and programs that must not compile. The golden texts are those of one compiler
//! version; with another version the test is skipped. `TRYBUILD=overwrite cargo test --test ui`
//! updates them. `ui_errors.rs` counts the errors.

use std::process::Command;

const COMPILER: &str = "rustc 1.95.";

#[test]
fn diagnostics_are_as_recorded() {
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
