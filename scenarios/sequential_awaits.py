"""Three requests that do not need each other, one second each.

`await` on a bare call starts it and parks you until it ends, so nothing else of yours is in flight.  Started together
and joined once, the three cost the longest of them instead of their sum.  Where one needs another's result, waiting is
right, and nobody should call that a mistake.
"""
from asyncio import create_task, gather

from world import Service, log, run

SETTINGS = dict(user=1, posts=1, comments=1, posts_need_user=0)


# @begin bad
async def bad(opts):
    api = Service("api")  # @s
    user = await api.get("user", opts.user)  # @a
    needed = [user] if opts.posts_need_user else []
    await api.get("posts", opts.posts, *needed)  # @b
    await api.get("comments", opts.comments)  # @c
    log("profile complete")  # @d
# @end bad


# @begin fixed
async def posts_of_user(api, opts):
    user = await api.get("user", opts.user)  # @a
    return await api.get("posts", opts.posts, user)  # @b

async def fixed(opts):
    api = Service("api")  # @s

    def get(what):
        work = api.get(what, getattr(opts, what))
        return create_task(work)  # @c

    comments = get("comments")
    if opts.posts_need_user:
        await gather(posts_of_user(api, opts), comments)  # @d
    else:
        user = get("user")
        posts = get("posts")
        await gather(user, posts, comments)  # @g
    log("profile complete")  # @h
# @end fixed


if __name__ == "__main__":
    run(bad, fixed, **SETTINGS)
