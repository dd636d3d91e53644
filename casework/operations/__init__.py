"""The verbs: one file, one public function, one transaction each. They decide, write, and commit.

An operation takes who acts, checks what that one may do, and gives ids or small frozen values, never rows. What several of
them share stands in `turns` (whatever moves a process instance) and `journal`.
"""
