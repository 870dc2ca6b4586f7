//! Only references and boxes are generators: other pointers may promise nothing of their target between two borrows. rustc
//! checks the bounds of a function twice if its return type is opaque.

use std::ops::{Deref, DerefMut};
use std::pin::Pin;
use std::rc::Rc;

use gen_runtime::{BoxGenerator, Handle, LocalBoxGenerator, async_gen};

/// `Send`, although the generator behind it is not.
struct Claims;

impl Deref for Claims {
    type Target = LocalBoxGenerator<'static, usize>;

    fn deref(&self) -> &Self::Target {
        todo!()
    }
}

impl DerefMut for Claims {
    fn deref_mut(&mut self) -> &mut Self::Target {
        todo!()
    }
}

#[async_gen(boxed)]
async fn by_itself(claims: Claims) -> usize {
    //~ ERROR ERROR
    yield_from!(Handle::new(Pin::new(claims)));
}

//~ ERROR
#[async_gen(boxed)]
async fn lent(claims: Claims) -> usize {
    let mut handle = Handle::new(Pin::new(claims));
    yield_from!(handle.as_mut());
}

#[async_gen(boxed, local)]
async fn on_one_thread(claims: Claims, _not_send: Rc<()>) -> usize {
    let mut handle = Handle::new(Pin::new(claims));
    yield_from!(handle.as_mut());
}

fn main() {
    let _: BoxGenerator<'_, usize> = by_itself(Claims);
}
