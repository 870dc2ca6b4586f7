//! Walks a directory tree: the generator of a directory runs, by `yield_from!`, the generators of the directories in it.
//!
//! `cargo run --example walk -- PATH` counts the entries below a path. Without a path it walks the folder of
//! gen-runtime.
//!
//! `cargo run --release --example walk -- --compare PATH` also walks the tree with the crate `walkdir`, checks that both
//! report the same entries, and compares their times.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use gen_runtime::async_gen;
use walkdir::WalkDir;

/// A file, a directory or a link.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Entry {
    path: PathBuf,
    /// The number of directories between the root of the walk and this entry, plus one.
    depth: usize,
}

/// Yields all entries below a directory, each directory before its own entries. Does not follow links.
///
/// An error ends the walk: it is raised in the generator of each directory around it, and none of them catches it. To
/// skip what cannot be read instead, put the `yield_from!` in an `attempt!`.
///
/// It is boxed because it contains itself. All directories around an entry are open, and `walkdir` opens at most ten at a
/// time. It reads with `std::fs`, as `walkdir` does, for the comparison; in a server, loop over `tokio::fs::read_dir`
/// with `while let Some(entry) = entries.next_entry().await?`.
#[async_gen(boxed, throws = io::Error)]
async fn walk(directory: PathBuf, depth: usize) -> Entry {
    for entry in fs::read_dir(directory)? {
        let entry = entry?;
        let path = entry.path();
        if entry.file_type()?.is_dir() {
            yield_!(Entry {
                path: path.clone(),
                depth
            });
            yield_from!(walk(path, depth + 1));
        } else {
            yield_!(Entry { path, depth });
        }
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> io::Result<()> {
    let mut args: Vec<_> = std::env::args_os().skip(1).collect();
    let compares = args.first().is_some_and(|arg| arg == "--compare");
    if compares {
        args.remove(0);
    }
    let root = match args.pop() {
        Some(path) => PathBuf::from(path),
        None => Path::new(env!("CARGO_MANIFEST_DIR")).join("gen-runtime"),
    };

    let entries = collect(&root).await?;
    let deepest = entries.iter().map(|entry| entry.depth).max().unwrap_or(0);
    println!("{} entries, at most {deepest} levels deep", entries.len());
    if compares {
        compare(&root).await?;
    }
    Ok(())
}

/// Checks that `walkdir` reports the same entries, and prints the ratio of times.
async fn compare(root: &Path) -> io::Result<()> {
    let mut ours = collect(root).await?;
    let mut theirs = collect_walkdir(root)?;
    ours.sort();
    theirs.sort();
    assert_eq!(ours, theirs, "the two walks report different entries");
    println!("walkdir reports the same entries");

    // The two take turns, so that other load on the machine affects both.
    let mut ratios = Vec::new();
    let start = Instant::now();
    while ratios.len() < 15 || start.elapsed() < Duration::from_secs(1) {
        let round = Instant::now();
        collect(root).await?;
        let first = round.elapsed();
        collect_walkdir(root)?;
        let second = round.elapsed().saturating_sub(first);
        ratios.push(first.as_secs_f64() / second.as_secs_f64());
    }
    ratios.sort_by(f64::total_cmp);
    let [low, median, high] = [1, 2, 3].map(|quarter| ratios[quarter * (ratios.len() - 1) / 4]);
    println!(
        "time over that of walkdir: {median:.2} (quartiles {low:.2} and {high:.2} of {} rounds)",
        ratios.len()
    );
    Ok(())
}

async fn collect(root: &Path) -> io::Result<Vec<Entry>> {
    let mut found = Vec::new();
    let mut entries = walk(root.to_owned(), 1);
    while let Some(entry) = entries.try_next().await? {
        found.push(entry);
    }
    Ok(found)
}

fn collect_walkdir(root: &Path) -> io::Result<Vec<Entry>> {
    let entries = WalkDir::new(root).min_depth(1).into_iter();
    entries
        .map(|entry| {
            let entry = entry?;
            Ok(Entry {
                depth: entry.depth(),
                path: entry.into_path(),
            })
        })
        .collect()
}
