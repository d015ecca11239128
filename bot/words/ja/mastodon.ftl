# Mastodon アカウントに書いてくれた人への返事。それぞれ400字以内。

mastodon-help =
    音楽とAIのルール(規約、訴訟、契約、法律)をお知らせします。こう書いてください:
    購読 soundcloud 訴訟 – ダイレクトメッセージでお知らせ(「毎日」「毎週」も可)
    一覧 · 解除 1 · 停止
    最新 suno – 最新のニュース
    規約 soundcloud – 現在の方針
    なぜ – 私の投稿への返信として
mastodon-contact = 運営者: { $contact }
mastodon-subscribed = { $what } をダイレクトメッセージでお知らせします。1日に最大 { $most } 件です。「一覧」で確認、「停止」ですべて終了します。
mastodon-no-alerts = このアカウントはお知らせを送りません。フォローするか「最新」と書いてください。
mastodon-too-many = お知らせは1人 { $most } 件までです。先に1つ解除してください。「一覧」で確認できます。
mastodon-unknown-name = 「{ $name }」は知らないため、何も変更していません。SoundCloud などのプラットフォーム名や「訴訟」などの話題を書いてください。
mastodon-did-you-mean = もしかして: { $names }
mastodon-none = お知らせはありません。「購読 soundcloud 訴訟」のように書いてください。
mastodon-list = あなたのお知らせ:
mastodon-which = どれですか。「解除」と番号、またはすべてなら「停止」と書いてください:
mastodon-unsubscribed = 解除しました: { $what }
mastodon-stopped = お知らせをすべて停止しました。また必要なときは「購読」と書いてください。
mastodon-latest = 最新のニュース:
mastodon-latest-none = 該当するニュースはまだありません。
mastodon-why = 「{ $title }」をお知らせした理由:
mastodon-why-about = 話題: { $topic }。対象: { $platforms }。報道: { $outlets }。
mastodon-why-ask = 私の投稿に「なぜ」と返信するか、記事のアドレスを添えてください。
mastodon-why-unknown = そのアドレスのニュースはお知らせしていません。
mastodon-policy = { $platform } とAI(記録されている内容):
mastodon-policy-ask = どのプラットフォームですか。「規約 soundcloud」のように書いてください。
mastodon-policy-unknown = { $platform } についての記録はまだありません。
mastodon-slow-down = 1時間にたくさんのメッセージをいただきました。しばらくしてからお返事します。お知らせは続きます。
mastodon-any-platform = すべてのプラットフォーム
mastodon-any-topic = すべての話題
mastodon-daily = 毎日
mastodon-weekly = 毎週

mastodon-topic-terms-training = 規約と学習
mastodon-topic-opt-out = オプトアウト
mastodon-topic-licensing-deal = ライセンス契約
mastodon-topic-lawsuit = 訴訟
mastodon-topic-legislation = 法律
mastodon-topic-labelling-or-ban = 表示と禁止
mastodon-topic-voice-likeness = 声と肖像
mastodon-topic-royalties-fraud = 印税と不正
mastodon-topic-campaign = キャンペーン
mastodon-topic-guidance = 指針

mastodon-post-developing = 続報待ち:今のところ1媒体のみの報道です。
mastodon-post-other-side = 相手側の主張
mastodon-post-still-open = 未解決の点
mastodon-post-to-do = できること
mastodon-post-wording = 原文
mastodon-post-replaced = 以前の文言
mastodon-post-also = ほか
mastodon-post-corrected = 訂正
mastodon-post-deadline = 期限
mastodon-post-correction = 訂正
mastodon-post-update = 続報
mastodon-post-digest = AIと音楽のニュース
mastodon-post-more = ほか { $count } 件

mastodon-turn-denial = 否定
mastodon-turn-clarification = 説明
mastodon-turn-correction = 訂正
mastodon-turn-reversal = 撤回
mastodon-turn-ruling = 判決
mastodon-turn-settlement = 和解
mastodon-turn-new-text = 新しい文言
mastodon-turn-effect-date = 日程決定
mastodon-turn-apology = 謝罪
mastodon-turn-refusal = 拒否
mastodon-turn-motion = 申し立て
mastodon-turn-hearing = 審理
mastodon-turn-appeal = 控訴
mastodon-turn-amended-claim = 訴状の変更
mastodon-turn-vote = 採決
mastodon-turn-takedown = 削除
mastodon-turn-reaction = 反応
