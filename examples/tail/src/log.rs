//! An open file, which is read line by line.

use std::io;
use std::path::Path;

use same_file::Handle;
use tokio::fs::File;
use tokio::io::{AsyncBufReadExt, AsyncSeekExt, BufReader};

pub(crate) struct Log {
    reader: BufReader<File>,
    /// Identifies the file, whatever its name is by now.
    identity: Handle,
    /// The number of bytes that were read.
    position: u64,
    /// The start of a line whose end has not been written yet.
    unfinished: Vec<u8>,
}

impl Log {
    /// Opens a file, unless there is none.
    pub(crate) async fn open(path: &Path) -> io::Result<Option<Self>> {
        let file = match File::open(path).await {
            Ok(file) => file,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(error),
        };
        let identity = Handle::from_file(file.try_clone().await?.into_std().await)?;
        Ok(Some(Log {
            reader: BufReader::new(file),
            identity,
            position: 0,
            unfinished: Vec::new(),
        }))
    }

    /// Returns whether both are the same file.
    pub(crate) fn is_same(&self, other: &Log) -> bool {
        self.identity == other.identity
    }

    /// Returns the next line whose end has been written.
    pub(crate) async fn line(&mut self) -> io::Result<Option<String>> {
        let count = self.reader.read_until(b'\n', &mut self.unfinished).await?;
        self.position += count as u64;
        Ok(if self.unfinished.last() == Some(&b'\n') {
            self.rest()
        } else {
            None
        })
    }

    /// Returns what was read of a line that has no end yet.
    pub(crate) fn rest(&mut self) -> Option<String> {
        let bytes = std::mem::take(&mut self.unfinished);
        let line = bytes.strip_suffix(b"\n").unwrap_or(&bytes);
        (!bytes.is_empty()).then(|| String::from_utf8_lossy(line).into_owned())
    }

    /// Returns whether the file is shorter than what was read of it.
    pub(crate) async fn is_truncated(&self) -> io::Result<bool> {
        Ok(self.reader.get_ref().metadata().await?.len() < self.position)
    }

    /// Continues at the start of the file.
    pub(crate) async fn rewind(&mut self) -> io::Result<()> {
        self.position = 0;
        self.reader.rewind().await?;
        Ok(())
    }
}
