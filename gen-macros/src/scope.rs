use proc_macro2::TokenTree;
use syn::visit_mut::VisitMut;
use syn::{Attribute, Meta, Path, Stmt};

/// What a piece of code inside a body's braces belongs to.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Scope {
    /// The body itself, and its regions: here a yield may stand.
    Body,
    /// What runs when a block is left.
    Deferred,
    Closure,
    AsyncBlock,
    Function,
    Constant,
}

impl Scope {
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Scope::Body => "the body",
            Scope::Deferred => "`defer!`",
            Scope::Closure => "a closure",
            Scope::AsyncBlock => "an async block",
            Scope::Function => "a nested function",
            Scope::Constant => "a constant",
        }
    }

    /// Whether this is code of the body, which is lowered.
    pub(crate) const fn is_lowered(self) -> bool {
        matches!(self, Scope::Body | Scope::Deferred)
    }
}

/// Whether a function has the attribute that makes it a generator, under a condition or not.
pub(crate) fn is_generator(attrs: &[Attribute]) -> bool {
    attrs.iter().any(|attr| match &attr.meta {
        Meta::List(list) if list.path.is_ident("cfg_attr") => {
            let mut tokens = list.tokens.clone().into_iter();
            tokens.any(|token| matches!(token, TokenTree::Ident(name) if name == "async_gen"))
        }
        _ => is_generator_attribute(attr),
    })
}

pub(crate) fn is_generator_attribute(attr: &Attribute) -> bool {
    attr.path()
        .segments
        .last()
        .is_some_and(|segment| segment.ident == "async_gen")
}

/// Removes attributes such as `#[rustfmt::skip]` from code that is going to be lowered.
///
/// A user may give a tool's name to a module with a macro in it, and a macro must not be given lowered
/// code. Tools have no use for the expansion.
pub(crate) fn remove_tool_attributes(statements: &mut [Stmt]) {
    for statement in statements {
        ToolAttributes.visit_stmt_mut(statement);
    }
}

struct ToolAttributes;

impl VisitMut for ToolAttributes {
    fn visit_attributes_mut(&mut self, attrs: &mut Vec<Attribute>) {
        attrs.retain(|attr| !is_tool(attr.path()));
    }

    // Not lowered: their attributes stay.
    fn visit_expr_closure_mut(&mut self, node: &mut syn::ExprClosure) {
        self.visit_attributes_mut(&mut node.attrs);
    }

    fn visit_expr_async_mut(&mut self, node: &mut syn::ExprAsync) {
        self.visit_attributes_mut(&mut node.attrs);
    }

    fn visit_expr_const_mut(&mut self, node: &mut syn::ExprConst) {
        self.visit_attributes_mut(&mut node.attrs);
    }

    fn visit_item_mut(&mut self, _: &mut syn::Item) {}
}

/// Whether the path of an attribute begins with the name of a tool.
fn is_tool(path: &Path) -> bool {
    const TOOLS: [&str; 3] = ["clippy", "rustfmt", "rust_analyzer"];
    let first = path.segments.first().map(|segment| &segment.ident);
    path.segments.len() > 1 && first.is_some_and(|first| TOOLS.iter().any(|tool| first == tool))
}
