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
        let name = format!("program_{number}");
        source.push_str(&function(&name, &case["program"], "boxed, local"));
        write!(names, "{name}, ").unwrap();
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

/// Writes a generator, after those that it delegates to.
fn function(name: &str, program: &Value, options: &str) -> String {
    let mut body = Program {
        name: name.to_owned(),
        ..Program::default()
    };
    body.block(&program["body"]);
    let Program {
        text, functions, ..
    } = body;
    let value = option(&program["value"]);
    format!(
        "{functions}\
         #[async_gen(send = Option<i64>, throws = E, returns = Option<i64>, {options})]\n\
         async fn {name}(log: Log) -> i64 {{\n\
             let mut r: Option<i64> = None;\n\
             log.tell(\"start\");\n\
             {text}\n\
             log.tell(\"end\");\n\
             {value}\n\
         }}\n"
    )
}

/// Writes a number, or none, as an `Option`.
fn option(value: &Value) -> String {
    match value {
        Value::Null => "None".to_owned(),
        value => format!("Some({value})"),
    }
}

#[derive(Default)]
struct Program {
    name: String,
    text: String,
    /// The generators that it delegates to.
    functions: String,
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
                write!(self.text, "if r == {} ", option(&statement["eq"])).unwrap();
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
            "return" => {
                let value = option(&statement["v"]);
                self.say(&format!("log.tell(\"return\"); return {value};"));
            }
            "delegate" => self.delegate(&statement["inner"]),
            other => panic!("unknown statement {other:?}"),
        }
    }

    /// Delegates to a generator that is boxed, or a part of this one, or borrowed.
    fn delegate(&mut self, inner: &Value) {
        let label = self.next();
        let name = format!("{}_{label}", self.name);
        let options = if label % 3 == 0 { "boxed, local" } else { "" };
        self.functions.push_str(&function(&name, inner, options));
        if label % 3 == 1 {
            self.say(&format!(
                "let mut inner_{label} = pin!({name}(log.clone())); r = yield_from!(&mut inner_{label});"
            ));
        } else {
            self.say(&format!("r = yield_from!({name}(log.clone()));"));
        }
        self.say("log.result(r);");
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
