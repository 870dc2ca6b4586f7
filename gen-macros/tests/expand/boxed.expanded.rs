fn containing<
    'a: 'async_gen,
    'async_gen0: 'async_gen,
    'async_gen1: 'async_gen,
    'async_gen,
    T,
>(
    &'async_gen0 self,
    words: &'a [String],
    part: &'async_gen1 str,
    extra: T,
    f: impl Fn(&str) + 'async_gen,
) -> ::gen_runtime::BoxGenerator<'async_gen, &'a str, (), ()>
where
    T: Clone,
    T: 'async_gen,
    Self: 'async_gen,
{
    use ::gen_runtime::__private as __rt;
    let __body: <(&'a str, (), ()) as __rt::Types>::Body = unsafe {
        <__rt::Body<_>>::lowered_by_async_gen()
    };
    __body
        .boxed(async move {
            let _ = (&self, &words, &part, &extra, &f);
            let __value: () = 'body: {
                let mut __place = __body.enter().await;
                {
                    __body.put(&words[0], __place);
                    __place = __body
                        .suspend(
                            if false {
                                break 'body __body.never();
                            },
                        )
                        .await;
                };
            };
        })
}
fn owned<'async_gen>(
    n: u32,
) -> ::gen_runtime::LocalBoxTryGenerator<'async_gen, u32, io::Error, (), ()> {
    use ::gen_runtime::__private as __rt;
    let __body: <(u32, (), io::Error, ()) as __rt::Types>::Body = unsafe {
        <__rt::Body<_>>::lowered_by_async_gen()
    };
    __body
        .boxed_local(async move {
            let _ = &n;
            if false {
                return __body.never_output();
            }
            __rt::Ok('body: {
                let mut __place = __body.enter().await;
                {
                    __body.put(n, __place);
                    __place = __body
                        .suspend(
                            if false {
                                break 'body __body.never();
                            },
                        )
                        .await;
                };
            })
        })
}
fn one_lifetime<'async_gen0>(
    &'async_gen0 self,
) -> ::gen_runtime::BoxGenerator<'async_gen0, &'async_gen0 Row, (), ()> {
    use ::gen_runtime::__private as __rt;
    let __body: <(&'async_gen0 Row, (), ()) as __rt::Types>::Body = unsafe {
        <__rt::Body<_>>::lowered_by_async_gen()
    };
    __body
        .boxed(async move {
            let _ = &self;
            let __value: () = 'body: {
                let mut __place = __body.enter().await;
                {
                    __body.put(&self.0, __place);
                    __place = __body
                        .suspend(
                            if false {
                                break 'body __body.never();
                            },
                        )
                        .await;
                };
            };
        })
}
