use std::env;
use std::error::Error;
use std::path::{Path, PathBuf};
use std::process::Stdio;

use fantoccini::{Client, ClientBuilder};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::json;
use tempfile::TempDir;
use tokio::io::{AsyncBufReadExt, BufReader, Lines};
use tokio::process::{Child, ChildStdout, Command};

/// Any error of a test.
pub(crate) type AnyError = Box<dyn Error + Send + Sync>;

const FLAGS: [&str; 8] = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
];

/// A Chromium, and the chromedriver that drives it.
pub(crate) struct Chromium {
    pub(crate) client: Client,
    driver: Child,
    /// The output of both.
    output: Lines<BufReader<ChildStdout>>,
    /// Their files.
    _folder: TempDir,
}

impl Chromium {
    /// Starts chromedriver, and Chromium through it.
    pub(crate) async fn start(chromium: &Path, driver: &Path) -> Result<Self, AnyError> {
        let folder = tempfile::tempdir()?;
        let mut driver = Command::new(driver)
            .arg("--port=0")
            .env("TMPDIR", folder.path())
            .stdout(Stdio::piped())
            .kill_on_drop(true)
            .spawn()?;
        let output = driver.stdout.take().expect("stdout is piped");
        let mut output = BufReader::new(output).lines();
        let port = port(&mut output).await?;

        let options = json!({ "binary": chromium, "args": FLAGS });
        let capabilities = [("goog:chromeOptions".to_owned(), options)];
        let client = ClientBuilder::new(HttpConnector::new())
            .capabilities(capabilities.into_iter().collect())
            .connect(&format!("http://127.0.0.1:{port}"))
            .await?;
        Ok(Self {
            client,
            driver,
            output,
            _folder: folder,
        })
    }

    /// Stops both, and waits until all their processes have ended.
    pub(crate) async fn stop(mut self) -> Result<(), AnyError> {
        self.client.close().await?;
        self.driver.kill().await?;
        while self.output.next_line().await?.is_some() {}
        Ok(())
    }
}

/// Finds a program in the folders of `PATH`.
pub(crate) fn program(name: &str) -> Option<PathBuf> {
    let path = env::var_os("PATH")?;
    let mut files = env::split_paths(&path).map(|folder| folder.join(name));
    files.find(|file| file.is_file())
}

/// Reads on which port chromedriver listens.
async fn port(output: &mut Lines<BufReader<ChildStdout>>) -> Result<u16, AnyError> {
    while let Some(line) = output.next_line().await? {
        if let Some((_, port)) = line.split_once("started successfully on port ") {
            return Ok(port.trim_end_matches('.').parse()?);
        }
    }
    Err("chromedriver ended".into())
}
