//! Writes the recorded programs as generators, with the macros that users write.

use std::fmt::Write as _;
use std::path::PathBuf;
use std::{env, fs};

use serde_json::Value;

fn main() {
    println!("cargo::rerun-if-env-changed=CASES");
    let new = env::var_os("CASES").map(PathBuf::from);
    println!("cargo::rustc-env=RECORDED={}", new.is_none());
    let folder = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").unwrap());
    let recorded = || ["cases.jsonl", "regular.jsonl"].map(|file| folder.join(file));
    let mut cases = String::new();
    for file in new.map_or_else(|| recorded().to_vec(), |new| vec![new]) {
        println!("cargo::rerun-if-changed={}", file.display());
        cases.push_str(&fs::read_to_string(file).unwrap());
    }

    let mut source = String::new();
    let mut programs = String::new();
    for (number, line) in cases.lines().enumerate() {
        let case: Value = serde_json::from_str(line).unwrap();
        let mut program = |kind: &'static Kind, wanted: bool| {
            if !wanted {
                return "None".to_owned();
            }
            let name = format!("{}_{number}", kind.name);
            source.push_str(&kind.function(&name, &case["program"], "boxed, local"));
            format!("Some({name})")
        };
        let awaits = case["program"].to_string().contains("\"await\"");
        // A case of a regular generator is compiled once, for time.
        let asynchronous = program(&ASYNC, case["regular"] != true);
        let regular = program(&REGULAR, !awaits);
        write!(
            programs,
            "Program {{ asynchronous: {asynchronous}, regular: {regular} }}, "
        )
        .unwrap();
    }
    write!(
        source,
        "/// The programs, in the order of the cases.\n\
         pub const PROGRAMS: &[Program] = &[{programs}];\n"
    )
    .unwrap();
    let output = PathBuf::from(env::var_os("OUT_DIR").unwrap());
    fs::write(output.join("programs.rs"), source).unwrap();
    fs::write(output.join("cases.jsonl"), cases).unwrap();
}

/// A kind of generator, as it is written.
struct Kind {
    name: &'static str,
    attribute: &'static str,
    function: &'static str,
    pin: &'static str,
}

const ASYNC: Kind = Kind {
    name: "asynchronous",
    attribute: "async_gen",
    function: "async fn",
    pin: "pin!",
};

const REGULAR: Kind = Kind {
    name: "regular",
    attribute: "generator",
    function: "fn",
    pin: "sync::pin!",
};

impl Kind {
    /// Writes a generator, after those that it delegates to.
    fn function(&'static self, name: &str, program: &Value, options: &str) -> String {
        let mut body = Body::new(self, name);
        body.block(&program["body"]);
        let Body {
            text, functions, ..
        } = body;
        let value = option(&program["value"]);
        let Kind {
            attribute,
            function,
            ..
        } = self;
        format!(
            "{functions}\
             #[{attribute}(send = Option<i64>, throws = E, returns = Option<i64>, {options})]\n\
             {function} {name}(log: Log) -> i64 {{\n\
                 let mut r: Option<i64> = None;\n\
                 log.tell(\"start\");\n\
                 {text}\n\
                 log.tell(\"end\");\n\
                 {value}\n\
             }}\n"
        )
    }
}

/// Writes a number, or none, as an `Option`.
fn option(value: &Value) -> String {
    match value {
        Value::Null => "None".to_owned(),
        value => format!("Some({value})"),
    }
}

/// The body of a generator.
struct Body {
    kind: &'static Kind,
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

impl Body {
    fn new(kind: &'static Kind, name: &str) -> Self {
        Body {
            kind,
            name: name.to_owned(),
            text: String::new(),
            functions: String::new(),
            loops: Vec::new(),
            caught: Vec::new(),
            count: 0,
        }
    }

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
        let function = self.kind.function(&name, inner, options);
        self.functions.push_str(&function);
        if label % 3 == 1 {
            self.say(&format!(
                "let mut inner_{label} = {}({name}(log.clone())); r = yield_from!(&mut inner_{label});",
                self.kind.pin
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
