//! No public type of the runtime exposes its fields: code that took a body out of its machine could poll
//! it with another one. The tests read the sources, since only some nightly compilers can name a type
//! behind an `impl Trait`.

use std::fs;
use std::path::{Path, PathBuf};

use syn::{Fields, Item, ItemMacro, ItemStruct, Visibility};

/// Enums that hold neither a body nor anything that yields, so that users may match on them.
const ENUMS: [&str; 6] = ["Cause", "Either", "Interrupt", "Raised", "Request", "State"];

/// The handles of both kinds are pointers, and `pin!` constructs them. A report has no generators.
const STRUCTS: [&str; 5] = ["Failure", "Handle", "Handle", "Landed", "Report"];

/// Returns the items of a file, including those in `pin_project!`.
fn items(path: &Path) -> Vec<Item> {
    let file = syn::parse_file(&fs::read_to_string(path).unwrap()).unwrap();
    let projected = |item: &Item| match item {
        Item::Macro(ItemMacro { mac, .. }) if mac.path.is_ident("pin_project") => {
            Some(mac.parse_body::<syn::File>().unwrap().items)
        }
        _ => None,
    };
    let projected: Vec<_> = file.items.iter().filter_map(projected).flatten().collect();
    file.items.into_iter().chain(projected).collect()
}

/// Returns the source files in a folder, and in those inside it.
fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap();
    let paths = entries.map(|entry| entry.unwrap().path());
    paths
        .flat_map(|path| {
            if path.is_dir() {
                files(&path)
            } else {
                vec![path]
            }
        })
        .collect()
}

fn has_public_field(item: &ItemStruct) -> bool {
    let is_public = |field: &syn::Field| matches!(field.vis, Visibility::Public(_));
    match &item.fields {
        Fields::Unit => false,
        fields => fields.iter().any(is_public),
    }
}

#[test]
fn public_types_have_no_public_fields() {
    let sources = Path::new(env!("CARGO_MANIFEST_DIR")).join("gen-runtime/src");
    let (mut structs, mut enums) = (Vec::new(), Vec::new());
    for file in files(&sources) {
        for item in items(&file) {
            match item {
                Item::Struct(item) if has_public_field(&item) => {
                    structs.push(item.ident.to_string());
                }
                Item::Enum(item) if matches!(item.vis, Visibility::Public(_)) => {
                    enums.push(item.ident.to_string());
                }
                _ => {}
            }
        }
    }
    structs.sort();
    enums.sort();
    assert_eq!(structs, STRUCTS);
    assert_eq!(enums, ENUMS);
}

#[test]
fn the_readme_hides_no_code() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let readme = fs::read_to_string(root.join("README.md")).unwrap();
    let code = readme.split("```").skip(1).step_by(2);
    let hidden: Vec<_> = code
        .filter(|block| block.starts_with("rust"))
        .flat_map(str::lines)
        .filter(|line| line.starts_with("# ") || *line == "#")
        .collect();
    assert!(
        hidden.is_empty(),
        "lines that only rustdoc hides: {hidden:?}"
    );
}
