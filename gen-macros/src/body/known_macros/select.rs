use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens as _, format_ident, quote, quote_spanned};
use syn::ext::IdentExt as _;
use syn::parse::{Parse, ParseStream};
use syn::spanned::Spanned as _;
use syn::visit_mut::{self, VisitMut};
use syn::{
    Attribute, Expr, ExprMatch, FieldPat, Macro, Pat, PatIdent, PatWild, Stmt, Token,
    parse_quote_spanned,
};

use super::{Before, block};
use crate::body::node::Nodes;
use crate::names::{self, Names, users_at};

/// The content of `select! { .. }`, of tokio or of futures.
pub(super) struct Select {
    /// `biased;`
    biased: Option<TokenStream>,
    branches: Vec<Branch>,
}

/// `head => handler,`
struct Branch {
    head: Head,
    handler: Expr,
    comma: Option<Token![,]>,
}

enum Head {
    Awaited(Box<Awaited>),
    /// `else`, `default`, `complete`
    Word(Ident),
}

/// `pat = future, if condition`
struct Awaited {
    pat: Pat,
    future: Expr,
    condition: Option<Expr>,
}

impl Parse for Select {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let mut biased = None;
        if input.peek(syn::Ident) && input.peek2(Token![;]) {
            let (word, end): (Ident, Token![;]) = (input.parse()?, input.parse()?);
            biased = Some(quote!(#word #end));
        }
        let mut branches = Vec::new();
        while !input.is_empty() {
            branches.push(input.parse()?);
        }
        Ok(Select { biased, branches })
    }
}

impl Parse for Branch {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let head = if input.peek(Ident::peek_any) && input.peek2(Token![=>]) {
            Head::Word(input.call(Ident::parse_any)?)
        } else {
            Head::Awaited(Box::new(input.parse()?))
        };
        input.parse::<Token![=>]>()?;
        let handler = Expr::parse_with_earlier_boundary_rule(input)?;
        let comma: Option<Token![,]> = input.parse()?;
        if comma.is_none() && !input.is_empty() && !is_block(&handler) {
            return Err(input.error("expected `,`"));
        }
        Ok(Branch {
            head,
            handler,
            comma,
        })
    }
}

impl Parse for Awaited {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let pat = Pat::parse_multi_with_leading_vert(input)?;
        input.parse::<Token![=]>()?;
        let future = input.parse()?;
        let mut condition = None;
        if input.parse::<Option<Token![,]>>()?.is_some() {
            input.parse::<Token![if]>()?;
            condition = Some(input.parse()?);
        }
        Ok(Awaited {
            pat,
            future,
            condition,
        })
    }
}

/// Returns whether a handler needs no comma.
fn is_block(handler: &Expr) -> bool {
    match handler {
        Expr::Block(_) => true,
        Expr::Group(group) => is_block(&group.expr),
        _ => false,
    }
}

/// Input: `select! { Some(row) = rows.next(), if open => handler, else => other }`.
///
/// Output:
///
/// ```text
/// {
///     let __condition0 = open;
///     let __future0 = rows.next();
///     match {
///         let __futures = pin!(__rt::selected(__future0));
///         let __future0 = __rt::split(__futures);
///         let __call = async {
///             select! {
///                 __out @ Some(_) = { __future0 }, if { __condition0 } => Either::Left(__out),
///                 else => Either::Right(()),
///             }
///         };
///         __call.await
///     } {
///         Either::Left(Some(row)) => handler,
///         Either::Right(()) => other,
///         _ => refuted(),
///     }
/// }
/// ```
///
/// The expressions that make the futures, and the handlers, are outside of the async block: code of the body. The
/// futures are dropped before the handler runs.
pub(super) fn to_syntax(
    call: &Macro,
    attrs: &[Attribute],
    names: &Names,
    nodes: &mut Nodes,
) -> Option<Expr> {
    let Select {
        biased,
        mut branches,
    } = call.parse_body().ok()?;
    if branches.is_empty() {
        return None;
    }
    let before = evaluated_before(&mut branches);
    let count = branches.len();
    let mut refutable = false;
    let (mut given_branches, mut arms) = (TokenStream::new(), TokenStream::new());
    for (index, branch) in branches.into_iter().enumerate() {
        let Branch {
            head,
            handler,
            comma,
        } = branch;
        let span = handler.span();
        let (head, value, pat) = match head {
            Head::Word(word) => {
                let unit = quote_spanned!(users_at(word.span())=> ());
                (word.into_token_stream(), unit.clone(), unit)
            }
            Head::Awaited(awaited) => {
                refutable |= !is_irrefutable(&awaited.pat);
                awaited.parts()?
            }
        };
        let mut value = names.either(index, count, &value, users_at(span));
        if is_block(&handler) {
            value = quote_spanned!(users_at(span)=> { #value });
        }
        given_branches.extend(quote_spanned!(users_at(span)=> #head => #value #comma));
        let pat = names.either(index, count, &pat, users_at(span));
        arms.extend(quote_spanned!(users_at(span)=> #pat => #handler,));
    }
    let span = users_at(call.path.segments[0].ident.span());
    let rt = &names.rt;
    let refuted = refutable
        .then(|| quote_spanned!(span=> #[allow(unreachable_patterns)] _ => #rt::refuted(),));
    let name = names::call(call.path.segments[0].ident.span());
    let mut awaited = before.call(
        call,
        quote!(#biased #given_branches),
        "selected",
        names,
        nodes,
    );
    let value = parse_quote_spanned!(name.span()=> #name.await);
    let mut statements = before.statements;
    let select = if awaited.len() == 1 {
        statements.append(&mut awaited);
        value
    } else {
        awaited.push(Stmt::Expr(value, None));
        block(awaited, call, &[])
    };
    let mut chosen: ExprMatch = parse_quote_spanned!(span=> match () { #arms #refuted });
    *chosen.expr = select;
    statements.push(Stmt::Expr(Expr::Match(chosen), None));
    Some(block(statements, call, attrs))
}

/// All conditions, and then all futures, as tokio's macro does.
fn evaluated_before(branches: &mut [Branch]) -> Before {
    let mut before = Before::default();
    for (index, awaited) in branches.iter_mut().filter_map(Branch::awaited).enumerate() {
        if let Some(condition) = &mut awaited.condition {
            before.take(condition, &format!("__condition{index}"));
        }
    }
    for (index, awaited) in branches.iter_mut().filter_map(Branch::awaited).enumerate() {
        // futures' macro borrows a future that is a name.
        if !matches!(awaited.future, Expr::Path(_)) {
            before.take_future(&mut awaited.future, index);
        }
    }
    before
}

impl Branch {
    fn awaited(&mut self) -> Option<&mut Awaited> {
        match &mut self.head {
            Head::Awaited(awaited) => Some(awaited),
            Head::Word(_) => None,
        }
    }
}

impl Awaited {
    /// Splits it into the head that the macro receives, the value that leaves the macro, and the pattern that the value
    /// matches outside. Returns `None` if a macro in the pattern may bind more.
    fn parts(self) -> Option<(TokenStream, TokenStream, TokenStream)> {
        let Awaited {
            pat,
            future,
            condition,
        } = self;
        let span = users_at(pat.span());
        let value = format_ident!("__out", span = span);
        let mut bindings = Bindings::default();
        let mut matched = pat.clone();
        bindings.visit_pat_mut(&mut matched);
        if bindings.hidden {
            return None;
        }
        let matched = match &matched {
            matched if is_irrefutable(matched) => None,
            Pat::Or(_) => Some(quote_spanned!(span=> @ (#matched))),
            _ => Some(quote_spanned!(span=> @ #matched)),
        };
        let condition = condition.map(|condition| quote_spanned!(span=> , if #condition));
        let head = quote_spanned!(span=> #value #matched = #future #condition);
        Some((head, value.into_token_stream(), pat.into_token_stream()))
    }
}

/// Returns whether a pattern certainly matches all values.
fn is_irrefutable(pat: &Pat) -> bool {
    match pat {
        Pat::Wild(_) | Pat::Rest(_) => true,
        Pat::Ident(pat) => {
            binds(pat)
                && pat
                    .subpat
                    .as_ref()
                    .is_none_or(|(_, pat)| is_irrefutable(pat))
        }
        Pat::Paren(pat) => is_irrefutable(&pat.pat),
        Pat::Reference(pat) => is_irrefutable(&pat.pat),
        Pat::Tuple(pat) => pat.elems.iter().all(is_irrefutable),
        _ => false,
    }
}

/// Returns whether a name is that of a variable: one that begins with a capital letter may be a constant.
fn binds(pat: &PatIdent) -> bool {
    pat.subpat.is_some()
        || pat.by_ref.is_some()
        || pat.mutability.is_some()
        || !(pat.ident.to_string())
            .trim_start_matches('_')
            .starts_with(char::is_uppercase)
}

fn wild(span: Span) -> Pat {
    Pat::Wild(PatWild {
        attrs: Vec::new(),
        underscore_token: Token![_](span),
    })
}

/// Replaces the variables of a pattern by `_`.
#[derive(Default)]
struct Bindings {
    /// Whether a macro may bind more of them.
    hidden: bool,
}

impl VisitMut for Bindings {
    fn visit_pat_mut(&mut self, pat: &mut Pat) {
        if let Pat::Ident(node) = pat {
            if binds(node) {
                *pat = match node.subpat.take() {
                    Some((_, pat)) => *pat,
                    None => wild(users_at(node.ident.span())),
                };
            }
        }
        visit_mut::visit_pat_mut(self, pat);
    }

    fn visit_field_pat_mut(&mut self, field: &mut FieldPat) {
        if field.colon_token.is_some() {
            return visit_mut::visit_field_pat_mut(self, field);
        }
        // `Row { id, .. }` becomes `Row { id: _, .. }`.
        let span = users_at(field.member.span());
        field.colon_token = Some(Token![:](span));
        *field.pat = wild(span);
    }

    fn visit_macro_mut(&mut self, _: &mut Macro) {
        self.hidden = true;
    }

    fn visit_expr_mut(&mut self, _: &mut Expr) {}
}
