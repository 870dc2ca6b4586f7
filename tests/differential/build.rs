//! Writes the recorded programs as generators, with the macros that users write.

use std::fmt::Write as _;
use std::path::PathBuf;
use std::{env, fs};

use serde_json::Value;

fn main() {
    println!("cargo::rerun-if-env-changed=CASES");
    let folder = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").unwrap());
    let new = env::var_os("CASES").map(PathBuf::from);
    println!("cargo::rustc-env=RECORDED={}", new.is_none());
    let cases = new.unwrap_or_else(|| folder.join("cases.jsonl"));
    println!("cargo::rerun-if-changed={}", cases.display());
    println!("cargo::rustc-env=CASES={}", cases.display());

    let mut source = String::new();
    let mut names = String::new();
    for (number, line) in fs::read_to_string(cases).unwrap().lines().enumerate() {
        let case: Value = serde_json::from_str(line).unwrap();
        let mut program = Program::default();
        program.block(&case["program"]["body"]);
        let body = program.text;
        write!(
            source,
            "#[async_gen(send = Option<i64>, throws = E, boxed, local)]\n\
             async fn program_{number}(log: Log) -> i64 {{\n\
                 let mut r: Option<i64> = None;\n\
                 log.tell(\"start\");\n\
                 {body}\n\
                 log.tell(\"end\");\n\
             }}\n"
        )
        .unwrap();
        write!(names, "program_{number}, ").unwrap();
    }
    write!(
        source,
        "/// The programs, in the order of the cases.\n\
         pub const PROGRAMS: &[fn(Log) -> Generator] = &[{names}];\n"
    )
    .unwrap();
    let output = PathBuf::from(env::var_os("OUT_DIR").unwrap()).join("programs.rs");
    fs::write(output, source).unwrap();
}

#[derive(Default)]
struct Program {
    text: String,
    /// The labels of the enclosing loops.
    loops: Vec<u32>,
    /// The variables of the enclosing catches.
    caught: Vec<u32>,
    count: u32,
}

impl Program {
    fn block(&mut self, block: &Value) {
        for statement in block.as_array().into_iter().flatten() {
            self.statement(statement);
        }
    }

    fn in_braces(&mut self, block: &Value) {
        self.text.push_str("{ ");
        self.block(block);
        self.text.push_str("} ");
    }

    fn next(&mut self) -> u32 {
        self.count += 1;
        self.count
    }

    fn say(&mut self, line: &str) {
        self.text.push_str(line);
        self.text.push('\n');
    }

    fn statement(&mut self, statement: &Value) {
        let n = &statement["n"];
        match statement["t"].as_str().unwrap() {
            "yield" => self.say(&format!("r = yield_!({}); log.got(r);", statement["v"])),
            "await" => self.say(&format!(
                "log.say(\"await\", {n}); for _ in 0..{n} {{ Tick::default().await; }} log.say(\"awaited\", {n});"
            )),
            "log" => self.say(&format!("log.say(\"log\", {n});")),
            "loop" => {
                let label = self.next();
                write!(self.text, "'loop_{label}: for _ in 0..{n} ").unwrap();
                self.loops.push(label);
                self.in_braces(&statement["body"]);
                self.loops.pop();
            }
            jump @ ("break" | "continue") => {
                let label = self.loops[self.loops.len() - 1];
                // Uses both spellings, which jump to the same loop.
                if self.next() % 2 == 0 {
                    self.say(&format!("{jump} 'loop_{label};"));
                } else {
                    self.say(&format!("{jump};"));
                }
            }
            "if" => {
                let condition = match &statement["eq"] {
                    Value::Null => "r.is_none()".to_owned(),
                    value => format!("r == Some({value})"),
                };
                write!(self.text, "if {condition} ").unwrap();
                self.in_braces(&statement["then"]);
                self.text.push_str("else ");
                self.in_braces(&statement["else"]);
            }
            "try" => self.attempt_and_defer(statement),
            "raise" => self.say(&format!("Err(E::{})?;", statement["e"].as_str().unwrap())),
            "reraise" => {
                let caught = self.caught[self.caught.len() - 1];
                self.say(&format!("Err(e_{caught})?;"));
            }
            "return" => self.say("log.tell(\"return\"); return;"),
            other => panic!("unknown statement {other:?}"),
        }
    }

    fn attempt_and_defer(&mut self, statement: &Value) {
        self.text.push_str("{ ");
        if let finally @ Value::Array(_) = &statement["finally"] {
            self.text.push_str("defer! { log.tell(\"finally\"); ");
            // A deferred block cannot jump out of itself.
            let loops = std::mem::take(&mut self.loops);
            self.block(finally);
            self.loops = loops;
            self.text.push_str("}\n");
        }
        let catch = &statement["catch"];
        if catch.is_null() {
            self.block(&statement["body"]);
        } else {
            let name = self.next();
            // Writes the `attempt!` as a scrutinee, or in the initializer of a `let`.
            let (open, close) = if name % 2 == 0 {
                ("match attempt! ".to_owned(), String::new())
            } else {
                (
                    format!("let result_{name} = attempt! "),
                    format!("; match result_{name} "),
                )
            };
            self.text.push_str(&open);
            self.in_braces(&statement["body"]);
            self.text.push_str(&close);
            self.text.push_str("{ Ok(()) => ");
            self.in_braces(&statement["else"]);
            let kinds: Vec<_> = catch["on"].as_array().unwrap().iter().collect();
            let kinds: Vec<_> = kinds
                .iter()
                .map(|kind| format!("E::{}", kind.as_str().unwrap()))
                .collect();
            self.say(&format!(
                "Err(e_{name}) if matches!(e_{name}, {}) => {{",
                kinds.join(" | ")
            ));
            self.say(&format!("log.caught(e_{name});"));
            self.caught.push(name);
            self.block(&catch["body"]);
            self.caught.pop();
            self.say("}");
            self.say("Err(error) => Err(error)?,");
            self.text.push_str("} ");
        }
        self.text.push_str("}\n");
    }
}
