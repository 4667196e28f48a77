<?php
// What the REST API cannot do, for administrators only: let a scheduled post come out (as the cron job does it), restore
// from the trash, give a number again, make a page of a post, and set the time of a change.
add_action('rest_api_init', function () {
    $admin = fn() => current_user_can('manage_options');
    register_rest_route('trial/v1', '/come-out/(?P<id>\d+)', ['methods' => 'POST', 'permission_callback' => $admin,
        'callback' => function ($request) {
            global $wpdb;
            $wpdb->update($wpdb->posts, ['post_date' => current_time('mysql'), 'post_date_gmt' => current_time('mysql', true)],
                          ['ID' => (int) $request['id']]);
            clean_post_cache((int) $request['id']);
            wp_publish_post((int) $request['id']);
            return get_post_status((int) $request['id']);
        }]);
    register_rest_route('trial/v1', '/untrash/(?P<id>\d+)', ['methods' => 'POST', 'permission_callback' => $admin,
        'callback' => fn($request) => (bool) wp_untrash_post((int) $request['id'])]);
    register_rest_route('trial/v1', '/create-as/(?P<id>\d+)', ['methods' => 'POST', 'permission_callback' => $admin,
        'callback' => fn($request) => wp_insert_post(['import_id' => (int) $request['id'], 'post_status' => 'private',
            'post_title' => $request['title'], 'post_content' => $request['content']])]);
    register_rest_route('trial/v1', '/make-page/(?P<id>\d+)', ['methods' => 'POST', 'permission_callback' => $admin,
        'callback' => fn($request) => set_post_type((int) $request['id'], 'page')]);
    register_rest_route('trial/v1', '/modified/(?P<id>\d+)', ['methods' => 'POST', 'permission_callback' => $admin,
        'callback' => function ($request) {
            global $wpdb;
            $gmt = $request['gmt'];
            $wpdb->update($wpdb->posts, ['post_modified' => get_date_from_gmt($gmt), 'post_modified_gmt' => $gmt],
                          ['ID' => (int) $request['id']]);
            clean_post_cache((int) $request['id']);
            return get_date_from_gmt($gmt);
        }]);
});
add_shortcode('harbor_note', fn($attributes, $content = '') => '<aside class="note">' . do_shortcode($content) . '</aside>');
// As plugins for members do: the text for whoever is signed in.
add_shortcode('members_only', fn($attributes, $content = '') => is_user_logged_in() ? $content : '<p>For members.</p>');
