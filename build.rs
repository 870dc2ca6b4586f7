//! Sets `goldens` on the compiler whose texts `tests/ui` records.

use std::process::Command;

const GOLDEN: &str = "rustc 1.95.";

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rustc-check-cfg=cfg(goldens)");
    let rustc = std::env::var_os("RUSTC").expect("cargo sets `RUSTC`");
    let version = Command::new(rustc).arg("--version").output();
    let version = version.expect("rustc reports its version").stdout;
    if String::from_utf8_lossy(&version).starts_with(GOLDEN) {
        println!("cargo::rustc-cfg=goldens");
    }
}
