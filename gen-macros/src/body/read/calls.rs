//! The macros that are code of a body: yields, regions, and known macros.

use proc_macro2::Ident;
use syn::spanned::Spanned as _;
use syn::visit_mut::VisitMut as _;
use syn::{Attribute, Expr, ExprYield, Macro, Stmt, Token, parse_quote_spanned};

use super::Read;
use crate::body::known_macros::{self, Meaning};
use crate::body::node::{Call, Node, Operand, Region};
use crate::body::scope::Scope;
use crate::syntax::attributes::is_of_tool;
use crate::syntax::macro_kind::MacroKind;

impl Read<'_> {
    /// Replaces the call of a macro of a body, or of a known one. Returns `None` for other macros.
    pub(super) fn call(&mut self, mac: &Macro, attrs: &[Attribute]) -> Option<Expr> {
        let name = mac.path.segments.last()?.ident.clone();
        match MacroKind::of(&mac.path, &self.names.krate) {
            kind if kind.is_yield() => self.yields(&name, mac, attrs),
            MacroKind::YieldFrom => self.yield_from(&name, mac, attrs),
            MacroKind::YieldAll => self.yield_all(&name, mac, attrs),
            kind if kind.is_region() => Some(self.region(kind, mac, attrs)),
            _ if !self.scope.is_lowered() => None,
            kind => Some(
                match known_macros::meaning(kind, mac, attrs, self.names, &mut self.nodes)? {
                    Meaning::Code(_) if self.refuse_join(kind, &name) => {
                        parse_quote_spanned!(name.span()=> {})
                    }
                    Meaning::Code(expr) => expr,
                    Meaning::Call(mac, operands) => self.known_call(mac, attrs, operands),
                },
            ),
        }
    }

    /// Refuses a `select!` or a `join!` of that grammar, in a regular generator.
    fn refuse_join(&mut self, kind: MacroKind, name: &Ident) -> bool {
        kind.awaits() && self.refuse_await(&format!("`{name}!`"), name.span())
    }

    /// Input: `yield_!(v)`, `yield_result!(r)`.
    ///
    /// Output: `yield v`, `yield ::gen_runtime::__private::item(r)`.
    fn yields(&mut self, name: &Ident, mac: &Macro, attrs: &[Attribute]) -> Option<Expr> {
        let is_result = MacroKind::named(name) == MacroKind::YieldResult;
        let value = if mac.tokens.is_empty() && !is_result {
            None
        } else {
            let value = mac.parse_body::<Expr>().map_err(|error| {
                let message = format!("expected one expression in `{name}!`");
                syn::Error::new(error.span(), message)
            });
            let value = self.errors.ok(value)?;
            Some(Box::new(if is_result {
                self.names.item(&value)
            } else {
                value
            }))
        };
        Some(Expr::Yield(ExprYield {
            attrs: attrs.to_vec(),
            yield_token: Token![yield](name.span()),
            expr: value,
        }))
    }

    /// Input: `attempt! { .. }`, or `attempt!({ .. })`, which rustfmt formats.
    fn region(&mut self, kind: MacroKind, mac: &Macro, attrs: &[Attribute]) -> Expr {
        let parsed = mac.parse_body_with(syn::Block::parse_within);
        let mut statements = self.errors.ok(parsed).unwrap_or_default();
        let mut braces = mac.delimiter.span().join();
        if let [Stmt::Expr(Expr::Block(inner), None)] = &mut statements[..] {
            if inner.label.is_none() && inner.attrs.is_empty() {
                braces = inner.block.brace_token.span.join();
                statements = std::mem::take(&mut inner.block.stmts);
            }
        }
        let mut region = Region {
            attrs: attrs.to_vec(),
            keyword: mac.path.segments.last().span(),
            braces,
            statements,
            leaving: Vec::new(),
        };
        self.regions += 1;
        let keyword = region.keyword;
        let node = if kind == MacroKind::Attempt {
            self.attempt(&mut region);
            Node::Attempt(region)
        } else {
            self.defer(&mut region);
            let (deferred, rest) = (region, Vec::new());
            Node::Defer { deferred, rest }
        };
        self.nodes.add(node, keyword)
    }

    fn attempt(&mut self, region: &mut Region) {
        if !self.scope.is_lowered() {
            return self.misplaced(region.keyword, "`attempt!`");
        }
        self.visit_attributes_mut(&mut region.attrs);
        let throws = std::mem::replace(&mut self.throws, true);
        if !throws {
            self.needs_throws("attempt!", region.keyword);
        }
        self.around.enter_region(false);
        self.statements(&mut region.statements);
        region.leaving = self.around.leave_region();
        self.throws = throws;
    }

    fn defer(&mut self, region: &mut Region) {
        if !self.scope.is_lowered() {
            return self.misplaced(region.keyword, "`defer!`");
        }
        region.attrs.retain(|attr| !is_of_tool(attr));
        if let Some(attr) = region.attrs.first() {
            let message =
                "attributes of `defer!` are not supported; put them on the statements in it";
            self.errors.at(attr.path().span(), message);
        }
        self.around.enter_region(true);
        self.within(Scope::Deferred, |read| {
            read.statements(&mut region.statements);
        });
        self.around.leave_region();
    }

    fn known_call(&mut self, mac: Macro, attrs: &[Attribute], operands: Vec<Expr>) -> Expr {
        let mut attrs = attrs.to_vec();
        self.visit_attributes_mut(&mut attrs);
        let handed = std::mem::replace(&mut self.handed, true);
        let operands = operands.into_iter().map(|mut expr| {
            let regions = self.regions;
            self.visit_expr_mut(&mut expr);
            let has_region = self.regions > regions;
            Operand { expr, has_region }
        });
        let operands = operands.collect();
        self.handed = handed;
        let span = mac.path.segments.last().span();
        let call = Call {
            attrs,
            mac,
            operands,
        };
        self.nodes.add(Node::Call(call), span)
    }
}
